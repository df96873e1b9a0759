// One quad an arrow, along it and a pixel larger than its outline.
layout(location = 0) in vec2 middle; // pixels, y down
layout(location = 1) in vec2 span;   // from tail to tip, pixels
layout(location = 2) in float weight;
uniform vec2 viewport;
uniform vec2 head; // length, half width of a head on a long arrow, pixels
out vec2 local;          // along and across, from the middle, pixels
flat out float reach;    // half the length
flat out vec2 tip;       // length and half width of this head
flat out float strength; // opacity: a weak arrow is short first and faint second, and one of no length is not seen

const float faintest = 0.35;

void main()
{
    float size = max(length(span), 1e-3);
    vec2 along = span / size;
    reach = 0.5 * size;
    tip = head * min(1.0, 0.75 * size / head.x);
    strength = mix(faintest, 1.0, weight) * min(1.0, 0.4 * size);
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    local = corner * (vec2(reach, tip.y) + 1.0);
    vec2 pixel = middle + local.x * along + local.y * vec2(-along.y, along.x);
    gl_Position = vec4(pixel / viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
