// Coverage from the distance to the line's middle, and to the ends of its dashes, which are brightest in front.
uniform float radius; // half the width, pixels
uniform float period; // of dashes, pixels; 0: a solid line
uniform float duty;   // share of the period that a dash fills
uniform float tail;   // opacity at a dash's end; 1 at its head
in vec2 local;
flat in vec4 paint;
out vec4 colour;

void main()
{
    float cover = clamp(radius + 0.5 - abs(local.x), 0.0, 1.0);
    if (period > 0.0) {
        float from_middle = fract(local.y) - 0.5;
        cover *= clamp((0.5 * duty - abs(from_middle)) * period + 0.5, 0.0, 1.0);
        cover *= mix(tail, 1.0, clamp(from_middle / duty + 0.5, 0.0, 1.0));
    }
    colour = paint * cover;
}
