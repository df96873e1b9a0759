// Quads of the interface; what a quad's inside means is said by its kind (shapes.h).
layout(location = 0) in vec2 position; // pixels, y down
layout(location = 1) in vec4 place;    // box: pixels from its middle, half its size; strip: the same across; text: texel
layout(location = 2) in vec3 form;     // kind; box: corner radius, border width
layout(location = 3) in vec4 fill;     // not premultiplied, bytes reversed
layout(location = 4) in vec4 border;
uniform vec2 viewport;
out vec2 local;
flat out vec2 reach;
flat out vec3 shape;
out vec4 inside;
flat out vec4 outside;

void main()
{
    local = place.xy;
    reach = place.zw;
    shape = form;
    inside = vec4(fill.abg * fill.r, fill.r);
    outside = vec4(border.abg * border.r, border.r);
    gl_Position = vec4(position / viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
