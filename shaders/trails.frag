uniform vec4 tint; // not premultiplied
uniform float width;
in float fade;
in float across;
out vec4 colour;

void main()
{
    float alpha = clamp(0.5 * width + 0.5 - abs(across), 0.0, 1.0) * fade * tint.a;
    colour = vec4(tint.rgb * alpha, alpha);
}
