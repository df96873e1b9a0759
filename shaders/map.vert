// The part of the plane that a map covers; the texture coordinate is affine in the pixel.
uniform vec2 viewport; // pixels
uniform vec4 box;      // x, y, w, h, pixels with y down
uniform vec4 map;      // pixel * map.xy + map.zw: place in the texture
out vec2 place;

void main()
{
    vec2 pixel = box.xy + vec2(gl_VertexID & 1, gl_VertexID >> 1) * box.zw;
    place = pixel * map.xy + map.zw;
    gl_Position = vec4(pixel / viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
