// Paint on the ground: opacity level^gamma of the way to its colour, and nothing where there is none.
uniform sampler2D levels;
uniform float opacity, gamma;
uniform vec4 ground, paint;
in vec2 place;
out vec4 colour;

void main()
{
    float level = texture(levels, place).r;
    if (level < 1.0 / 512.0)
        discard;
    colour = mix(ground, paint, opacity * pow(level, gamma));
}
