// Both edges of polylines as one strip; triangles without area part the lines.
layout(location = 0) in vec2 point; // pixels with y down, or data units
layout(location = 1) in vec2 mitre; // from the point to the left outline at distance one
layout(location = 2) in vec4 form;  // 1 on the left edge and -1 on the right; way along the line; its value; its shift
uniform vec2 viewport;
uniform vec4 place; // to pixels: point * place.xy + place.zw
uniform float reach; // how far out the edges lie, pixels
uniform vec4 colours[8]; // not premultiplied
uniform vec3 span; // value * span.x + span.y is the place among them, 0 .. span.z
uniform vec3 dash; // dashes a pixel of the way, dashes gone by, half a dash's share of its period
out vec2 local;         // across, pixels; along, periods, half of one where a dash has its middle
flat out vec4 paint;    // premultiplied

void main()
{
    vec2 outwards = form.x * reach * vec2(mitre.x, mitre.y * sign(place.y));
    vec2 pixel = point * place.xy + place.zw + outwards;
    float among = clamp(form.z * span.x + span.y, 0.0, span.z);
    int lower = int(among);
    vec4 tint = mix(colours[lower], colours[min(lower + 1, 7)], among - float(lower));
    local = vec2(form.x * reach, form.y * place.x * dash.x - dash.y - dash.z + form.w + 0.5);
    paint = vec4(tint.rgb * tint.a, tint.a);
    gl_Position = vec4(pixel / viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}
