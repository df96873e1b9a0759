// One quad over the plane; the texture coordinate is affine in the pixel.
uniform vec2 viewport; // pixels
uniform vec4 plane;    // x, y, w, h, pixels with y down
uniform vec4 map;      // pixel * map.xy + map.zw: place in the texture
out vec2 place;

void main()
{
    vec2 pixel = plane.xy + vec2(gl_VertexID & 1, gl_VertexID >> 1) * plane.zw;
    place = pixel * map.xy + map.zw;
    gl_Position = vec4(pixel / viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
