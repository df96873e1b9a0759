// Discs in data units, between where they were and where they are.
layout(location = 0) in vec2 newest; // data units
layout(location = 1) in vec2 before;
uniform vec2 viewport;
uniform vec3 camera;   // pixels a unit; pixel of the data's origin
uniform float between; // 0: before, 1: newest
uniform float extent;  // diameter of the square that is drawn, pixels

void main()
{
    vec2 pixel = mix(before, newest, between) * vec2(camera.x, -camera.x) + camera.yz;
    gl_Position = vec4(pixel / viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
    gl_PointSize = extent;
}
