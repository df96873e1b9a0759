// One thin quad a segment; the ends come from the same column store, one age apart.
layout(location = 0) in vec2 younger; // data units
layout(location = 1) in vec2 older;
uniform vec2 viewport;
uniform vec3 camera;   // pixels a unit; pixel of the data's origin
uniform float width;   // pixels
uniform float columns; // ages
uniform int particles; // segments of one age
out float fade;
out float across;

void main()
{
    vec2 a = younger * vec2(camera.x, -camera.x) + camera.yz;
    vec2 b = older * vec2(camera.x, -camera.x) + camera.yz;
    vec2 span = b - a;
    float size = max(length(span), 1e-3);
    float end = float(gl_VertexID & 1), side = float(gl_VertexID >> 1) * 2.0 - 1.0;
    float half_width = 0.5 * width + 0.5;
    across = side * half_width;
    fade = 1.0 - (float(gl_InstanceID / particles) + end) / columns;
    vec2 pixel = a + span * end + vec2(-span.y, span.x) / size * across;
    gl_Position = vec4(pixel / viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
    // A missing end breaks the line: no comparison with it holds.
    if (!(size < 1e6))
        gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
