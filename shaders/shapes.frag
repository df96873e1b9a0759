uniform sampler2D atlas;
in vec2 local;
flat in vec2 reach;
flat in vec3 shape; // kind 0 box, 1 strip, 2 text, 3 all but a box; corner radius; border width
in vec4 inside;     // premultiplied
flat in vec4 outside;
out vec4 colour;

// Signed distance to a rounded box, negative inside.
float box_distance(vec2 p, vec2 half_size, float radius)
{
    vec2 q = abs(p) - half_size + radius;
    return min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - radius;
}

void main()
{
    if (shape.x > 2.5) {
        colour = inside * clamp(box_distance(local, reach, shape.y) + 0.5, 0.0, 1.0);
    } else if (shape.x > 1.5) {
        colour = inside * texelFetch(atlas, ivec2(local), 0).r;
    } else if (shape.x > 0.5) {
        colour = inside * clamp(reach.x - abs(local.x) + 0.5, 0.0, 1.0);
    } else {
        float away = box_distance(local, reach, shape.y);
        vec4 paint = mix(inside, outside, clamp(away + shape.z + 0.5, 0.0, 1.0));
        colour = paint * clamp(0.5 - away, 0.0, 1.0);
    }
}
