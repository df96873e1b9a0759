// The ground, tinted where p_sigma is high: strength (p / max p)^gamma of the way to the glow's colour.
uniform sampler2D log_density; // minus its maximum
uniform float gamma;
uniform float strength; // how far towards the glow where p is highest
uniform vec4 ground, glow;
in vec2 place;
out vec4 colour;

// Noise of half a step of 8 bits, so that wide glows show no bands (Jimenez 2014, interleaved gradient noise).
float dither(vec2 pixel)
{
    return (fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))) - 0.5) / 255.0;
}

void main()
{
    float tint = strength * exp(gamma * texture(log_density, place).r);
    colour = vec4(mix(ground.rgb, glow.rgb, tint) + dither(gl_FragCoord.xy), 1.0);
}
