// Coverage from the distance to the outline: shaft and head, the head hollow when stroke > 0.
uniform vec4 tint;    // not premultiplied
uniform float shaft;  // half its width, pixels
uniform float stroke; // half the width of a hollow head's outline, pixels; 0: filled
in vec2 local;
flat in float reach;
flat in vec2 tip;
flat in float strength;
out vec4 colour;

void main()
{
    float across = abs(local.y);
    float neck = reach - tip.x; // where the head begins
    float line = max(across - shaft, max(-reach - local.x, local.x - neck));
    float side = dot(vec2(local.x - reach, across), normalize(vec2(tip.y, tip.x)));
    float triangle = max(side, neck - local.x);
    float hollow = abs(triangle + stroke) - stroke;
    float outline = min(line, stroke > 0.0 ? hollow : triangle);
    float alpha = clamp(0.5 - outline, 0.0, 1.0) * strength * tint.a;
    colour = vec4(tint.rgb * alpha, alpha);
}
