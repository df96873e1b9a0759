uniform vec4 tint;    // not premultiplied
uniform float extent; // pixels
uniform float radius;
uniform float ring;   // radius of a ring around the disc, 0 for none
out vec4 colour;

void main()
{
    float away = length(gl_PointCoord - 0.5) * extent;
    float cover = clamp(radius + 0.5 - away, 0.0, 1.0);
    cover = max(cover, clamp(1.1 - abs(away - ring), 0.0, 1.0) * step(0.5, ring));
    float alpha = cover * tint.a;
    colour = vec4(tint.rgb * alpha, alpha);
}
