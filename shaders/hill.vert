// A lattice over what the camera shows, its outermost lines folded down to the floor as walls. A row is a strip and an
// instance; rows and columns are counted from the far end, so that what is nearer is drawn over what is farther.
uniform sampler2D surface; // height 0 .. 1, nats below the top, slope
uniform vec2 viewport;     // pixels
uniform int side;          // samples of the lattice, without the walls
uniform ivec2 nearer;      // 1 where columns, rows with larger numbers are nearer, -1 where farther
uniform vec4 map;          // place of the lattice, 0 .. 1, times map.xy + map.zw: place in the texture
uniform mat4x2 project;    // place of the lattice and height to pixels, y down
uniform vec4 cells;        // the same for the place in a map's texture
uniform vec4 ticks;        // and for the plane's grid, whose lines are whole numbers
out vec2 place;            // in the texture
out vec2 cell;
out vec2 tick;
out float wall;            // 1 on the walls' lower edges

int along(int from_far, int direction)
{
    return direction > 0 ? from_far : side + 1 - from_far;
}

void main()
{
    ivec2 sample_at = ivec2(along(gl_VertexID >> 1, nearer.x), along(gl_InstanceID + (gl_VertexID & 1), nearer.y)) - 1;
    ivec2 inside = clamp(sample_at, ivec2(0), ivec2(side - 1));
    vec2 lattice = vec2(inside) / float(side - 1);
    place = lattice * map.xy + map.zw;
    cell = lattice * cells.xy + cells.zw;
    tick = lattice * ticks.xy + ticks.zw;
    wall = sample_at == inside ? 0.0 : 1.0;
    float level = textureLod(surface, place, 0.0).r * (1.0 - wall);
    vec2 pixel = project * vec4(lattice, level, 1.0);
    gl_Position = vec4(pixel / viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
