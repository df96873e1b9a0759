// One quad over a part of the drawing, turned as it is.
uniform vec2 viewport;           // pixels
uniform vec2 origin, across, up; // its lower left corner and the edges from there, pixels with y down
out vec2 place;

void main()
{
    place = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec2 pixel = origin + place.x * across + place.y * up;
    gl_Position = vec4(pixel / viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
