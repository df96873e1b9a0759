// Values are looked up in a table of colours; they are averaged by how far they are known, so that a cell without one
// leaves its neighbours as they are.
uniform sampler2D values;  // entry of the table times how far it is known; how far it is known
uniform sampler2D colours; // one row
uniform float opacity;
in vec2 place;
out vec4 colour;

void main()
{
    vec2 cell = texture(values, place).rg;
    int entry = int(cell.r / max(cell.g, 1e-4) + 0.5);
    colour = vec4(texelFetch(colours, ivec2(entry, 0), 0).rgb, 1.0) * (cell.g * opacity);
}
