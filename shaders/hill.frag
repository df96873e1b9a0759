// The ground's tint as on the flat plane, a map over it and the plane's grid; with the tilt come light, lines of equal
// height and the floor's hatching.
uniform sampler2D surface; // height 0 .. 1, nats below the top, slope
uniform sampler2D values;  // of the map: entry of the table times how far it is known; how far it is known
uniform sampler2D colours; // one row
uniform float map_opacity; // 0: there is no map
uniform float tilt;
uniform float gamma;
uniform float strength; // how far towards the glow where p is highest
uniform vec4 ground, glow, ink, line;
uniform vec2 slope_scale; // from the texture's slope to height over way, both pixels
uniform mat2 turn;        // from the plane to the window, y up
uniform float lines;      // of equal height, from the floor to the top, which is one
uniform float thick;      // width of a line, pixels
uniform float grid;       // opacity of the grid; 0: there is none
uniform float grid_thick; // pixels
uniform float hatch;      // pixels from stroke to stroke
in vec2 place;
in vec2 cell;
in vec2 tick;
in float wall;
out vec4 colour;

const vec3 light = vec3(-0.45, 0.60, 0.66); // from the upper left
const float floor_edge = 0.004;

// Noise of half a step of 8 bits, so that wide glows show no bands (Jimenez 2014, interleaved gradient noise).
float dither(vec2 pixel)
{
    return (fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))) - 0.5) / 255.0;
}

// A line of a width in pixels where value is a whole number.
float line_at(float value, float width)
{
    float across = max(fwidth(value), 1e-5);
    float away = abs(value - floor(value + 0.5)) / across;
    return clamp(0.5 * width + 0.5 - away, 0.0, 1.0) * clamp(1.5 - 2.0 * across, 0.0, 1.0);
}

// Premultiplied; nothing outside the map.
vec4 map_colour()
{
    vec2 known = texture(values, cell).rg * map_opacity;
    int entry = int(known.r / max(known.g, 1e-4) + 0.5);
    bool inside = all(equal(clamp(cell, 0.0, 1.0), cell));
    return inside ? vec4(texelFetch(colours, ivec2(entry, 0), 0).rgb, 1.0) * known.g : vec4(0.0);
}

void main()
{
    vec4 here = texture(surface, place);
    float tint = strength * exp(gamma * here.g);
    float raised = smoothstep(0.0, 2.0 * floor_edge, here.r);
    float body = strength * (0.35 + 0.65 * here.r * here.r) * raised;
    vec3 under = mix(ground.rgb, line.rgb, 0.3 * tilt * (1.0 - raised));
    vec3 base = mix(under, glow.rgb, mix(tint, max(tint, body), tilt));
    if (map_opacity > 0.0) {
        vec4 over = map_colour();
        base = base * (1.0 - over.a) + over.rgb;
    }
    vec2 slope = turn * (here.ba * slope_scale);
    vec3 normal = normalize(vec3(-slope, 1.0));
    float shade = (dot(normal, light) - light.z) * tilt;
    vec3 shaded = shade > 0.0 ? mix(base, vec3(1.0), 0.35 * shade) : base * (1.0 + 0.5 * shade);

    float stripe = abs(fract((gl_FragCoord.x + gl_FragCoord.y) / hatch) - 0.5) * hatch;
    float stroke = clamp(1.0 - stripe, 0.0, 1.0) * (1.0 - raised);
    shaded = mix(shaded, line.rgb, 0.8 * stroke * tilt);
    if (grid > 0.0)
        shaded = mix(shaded, line.rgb, grid * max(line_at(tick.x, grid_thick), line_at(tick.y, grid_thick)));
    float contour = line_at((here.r - 1.0) * lines, thick) * raised;
    shaded = mix(shaded, ink.rgb, 0.5 * contour * tilt);
    shaded = mix(shaded, mix(ground.rgb, line.rgb, 0.7), step(1e-4, wall));
    colour = vec4(shaded + dither(gl_FragCoord.xy), 1.0);
}
