#include "core/schedule.h"

#include <math.h>

void ladder_geometric(double first, double last, size_t n, double *sigma)
{
    for (size_t i = 0; i < n; i++)
        sigma[i] = first * pow(last / first, (double)i / (double)(n - 1));
    sigma[n - 1] = last; /* exactly: a ladder's end is compared with the noise slider's end */
}

void ladder_karras(double first, double last, double rho, size_t n, double *sigma)
{
    double top = pow(first, 1 / rho), bottom = pow(last, 1 / rho);
    for (size_t i = 0; i < n; i++)
        sigma[i] = pow(top + (double)i / (double)(n - 1) * (bottom - top), rho);
    sigma[0] = first;
    sigma[n - 1] = last;
}

static double one(double t)
{
    (void)t;
    return 1;
}

static double zero(double t)
{
    (void)t;
    return 0;
}

/* VE: sigma = SMALLEST (LARGEST / SMALLEST)^t, with score_sde's ends. */
static const double SMALLEST = .01, LARGEST = 50;

static double ve_sigma(double t)
{
    return SMALLEST * pow(LARGEST / SMALLEST, t);
}

static double ve_time(double sigma)
{
    return log(sigma / SMALLEST) / log(LARGEST / SMALLEST);
}

static double ve_diffusion(double t)
{
    return ve_sigma(t) * sqrt(2 * log(LARGEST / SMALLEST));
}

static double karras_sigma(double t)
{
    return t;
}

static double karras_diffusion(double t)
{
    return sqrt(2 * t);
}

/* VP and sub-VP: beta(t) grows linearly, B(t) is its integral from 0. */
static const double BETA_FIRST = .1, BETA_GROWTH = 20 - .1;

static double beta(double t)
{
    return BETA_FIRST + BETA_GROWTH * t;
}

static double beta_integral(double t)
{
    return t * (BETA_FIRST + BETA_GROWTH * t / 2);
}

/* The quadratic's root with the unknown in the denominator: nothing cancels at small B. */
static double beta_integral_time(double integral)
{
    return 2 * integral / (BETA_FIRST + sqrt(BETA_FIRST * BETA_FIRST + 2 * BETA_GROWTH * integral));
}

static double vp_sigma(double t)
{
    return sqrt(expm1(beta_integral(t)));
}

static double vp_time(double sigma)
{
    return beta_integral_time(log1p(sigma * sigma));
}

static double vp_scale(double t)
{
    return exp(-beta_integral(t) / 2);
}

static double vp_drift(double t)
{
    return -beta(t) / 2;
}

static double vp_diffusion(double t)
{
    return sqrt(beta(t));
}

static double subvp_sigma(double t)
{
    return 2 * sinh(beta_integral(t) / 2);
}

static double subvp_time(double sigma)
{
    return beta_integral_time(2 * asinh(sigma / 2));
}

static double subvp_diffusion(double t)
{
    return sqrt(-beta(t) * expm1(-2 * beta_integral(t)));
}

/* Cosine: s = cos(angle) / cos(START) with angle = START + TURN t, which is a right angle at t = 1. */
static const double TURN = M_PI_2 / 1.008, START = M_PI_2 * .008 / 1.008;

/* cos(START + TURN t), from the other side: exact where it goes to 0. */
static double cosine_of_angle(double t)
{
    return sin(TURN * (1 - t));
}

/* sigma^2 = 1/s^2 - 1, by cos^2 a - cos^2 b = sin(b - a) sin(b + a). */
static double cosine_sigma(double t)
{
    return sqrt(sin(TURN * t) * sin(TURN * t + 2 * START)) / cosine_of_angle(t);
}

/* tan^2 angle = tan^2 START + sigma^2 / cos^2 START; the angle less START, by the tangent of a difference. */
static double cosine_time(double sigma)
{
    double first = tan(START), rise = pow(sigma / cos(START), 2), last = sqrt(first * first + rise);
    return atan(rise / ((last + first) * (1 + last * first))) / TURN;
}

static double cosine_scale(double t)
{
    return cosine_of_angle(t) / cos(START);
}

static double cosine_drift(double t)
{
    return -TURN * sin(START + TURN * t) / cosine_of_angle(t);
}

static double cosine_diffusion(double t)
{
    return sqrt(-2 * cosine_drift(t));
}

static double flow_sigma(double t)
{
    return t / (1 - t);
}

static double flow_time(double sigma)
{
    return sigma / (1 + sigma);
}

static double flow_scale(double t)
{
    return 1 - t;
}

static double flow_drift(double t)
{
    return -1 / (1 - t);
}

static double flow_diffusion(double t)
{
    return sqrt(2 * t / (1 - t));
}

/* Sohl-Dickstein et al.'s step i of T has beta = 1 / (T - i + 1), so that abar = prod (T - i) / (T - i + 1) = 1 - i/T:
 * with t = i/T, abar falls evenly. */
static double diffusion_sigma(double t)
{
    return sqrt(t / (1 - t));
}

static double diffusion_time(double sigma)
{
    return sigma * sigma / (1 + sigma * sigma);
}

static double diffusion_scale(double t)
{
    return sqrt(1 - t);
}

static double diffusion_drift(double t)
{
    return -.5 / (1 - t);
}

static double diffusion_diffusion(double t)
{
    return 1 / sqrt(1 - t);
}

static const Schedule schedules[SCHEDULE_COUNT] = {
    [SCHEDULE_VE] = {"ve", "VE", "Noise grows by the same factor in every step: variance exploding", ve_sigma, ve_time,
                     one, zero, ve_diffusion, .rho = 1, .kernel = true},
    [SCHEDULE_KARRAS] = {"karras", "EDM", "Steps that shrink towards the data, as Karras et al. place them",
                         karras_sigma, karras_sigma, one, zero, karras_diffusion, .rho = 7, .kernel = true},
    [SCHEDULE_VP] = {"vp", "VP", "Variance preserving: the data shrink as the noise grows", vp_sigma, vp_time, vp_scale,
                     vp_drift, vp_diffusion, .rho = 1, .kernel = true},
    [SCHEDULE_SUBVP] = {"subvp", "sub-VP", "Variance preserving with less noise near the data", subvp_sigma, subvp_time,
                        vp_scale, vp_drift, subvp_diffusion, .rho = 1},
    [SCHEDULE_COSINE] = {"cosine", "Cosine", "Nichol and Dhariwal's: gentler at both ends", cosine_sigma, cosine_time,
                         cosine_scale, cosine_drift, cosine_diffusion, .rho = 1, .kernel = true},
    [SCHEDULE_FLOW] = {"flow", "Flow", "Flow matching: straight lines between noise and data", flow_sigma, flow_time,
                       flow_scale, flow_drift, flow_diffusion, .rho = 1, .kernel = true},
    [SCHEDULE_DIFFUSION] = {"diffusion", "Sohl-Dickstein", "Sohl-Dickstein et al.'s: every step erases the same share",
                            diffusion_sigma, diffusion_time, diffusion_scale, diffusion_drift, diffusion_diffusion,
                            .rho = 1, .kernel = true},
};

const Schedule *schedule_info(size_t which)
{
    return &schedules[which];
}

void schedule_ladder(const Schedule *schedule, double first, double last, size_t n, double *sigma)
{
    double rho = schedule->rho, top = pow(schedule->time(first), 1 / rho), bottom = pow(schedule->time(last), 1 / rho);
    for (size_t i = 0; i < n; i++)
        sigma[i] = schedule->sigma(pow(top + (double)i / (double)(n - 1) * (bottom - top), rho));
    sigma[0] = first;
    sigma[n - 1] = last;
}
