/* SPDX-License-Identifier: MIT */
/*
 * osgb.c - from the map grid of Great Britain to latitude and longitude.
 *
 * The names and the steps are those of the Ordnance Survey's guide, annexes B and C.
 */
#include "programme/directory/osgb.h"

#include <math.h>

struct ellipsoid {
    double a, b; /* semi-axes in metres */
};

static const struct ellipsoid airy_1830 = {6377563.396, 6356256.909};
static const struct ellipsoid wgs_84 = {6378137.000, 6356752.3141};

/* The national grid: scale on the central meridian, true origin, and its grid coordinates. */
static const double scale = 0.9996012717;
static const double origin_latitude = 49 * M_PI / 180, origin_longitude = -2 * M_PI / 180;
static const double origin_easting = 400000, origin_northing = -100000;

static double eccentricity_squared(const struct ellipsoid *on)
{
    return (on->a * on->a - on->b * on->b) / (on->a * on->a);
}

/* The arc of the meridian from the origin (C3 of the guide). */
static double meridian_arc(double latitude)
{
    double n = (airy_1830.a - airy_1830.b) / (airy_1830.a + airy_1830.b);
    double n2 = n * n, n3 = n * n * n;
    double difference = latitude - origin_latitude, sum = latitude + origin_latitude;
    return airy_1830.b * scale *
           ((1 + n + 1.25 * n2 + 1.25 * n3) * difference -
            (3 * n + 3 * n2 + 21.0 / 8 * n3) * sin(difference) * cos(sum) +
            (15.0 / 8 * n2 + 15.0 / 8 * n3) * sin(2 * difference) * cos(2 * sum) -
            35.0 / 24 * n3 * sin(3 * difference) * cos(3 * sum));
}

static void from_grid(double easting, double northing, double *latitude, double *longitude)
{
    double phi = origin_latitude, rest = 1;
    for (int i = 0; i < 20 && fabs(rest) > 0.00001; i++) {
        rest = northing - origin_northing - meridian_arc(phi);
        phi += rest / (airy_1830.a * scale);
    }

    double e2 = eccentricity_squared(&airy_1830);
    double s2 = sin(phi) * sin(phi);
    double nu = airy_1830.a * scale / sqrt(1 - e2 * s2);
    double rho = airy_1830.a * scale * (1 - e2) / pow(1 - e2 * s2, 1.5);
    double eta2 = nu / rho - 1;
    double t = tan(phi), t2 = t * t, t4 = t2 * t2, t6 = t4 * t2;
    double secant = 1 / cos(phi);
    double d = easting - origin_easting, d2 = d * d;
    double nu3 = nu * nu * nu, nu5 = nu3 * nu * nu, nu7 = nu5 * nu * nu;

    *latitude = phi - d2 * t / (2 * rho * nu) +
                d2 * d2 * t / (24 * rho * nu3) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2) -
                d2 * d2 * d2 * t / (720 * rho * nu5) * (61 + 90 * t2 + 45 * t4);
    *longitude = origin_longitude + d * secant / nu -
                 d2 * d * secant / (6 * nu3) * (nu / rho + 2 * t2) +
                 d2 * d2 * d * secant / (120 * nu5) * (5 + 28 * t2 + 24 * t4) -
                 d2 * d2 * d2 * d * secant / (5040 * nu7) * (61 + 662 * t2 + 1320 * t4 + 720 * t6);
}

struct point {
    double x, y, z; /* metres from the centre of the earth */
};

static struct point to_point(double latitude, double longitude)
{
    double e2 = eccentricity_squared(&airy_1830);
    double nu = airy_1830.a / sqrt(1 - e2 * sin(latitude) * sin(latitude));
    return (struct point){nu * cos(latitude) * cos(longitude), nu * cos(latitude) * sin(longitude),
                          nu * (1 - e2) * sin(latitude)};
}

/* OSGB36 to WGS84: metres, parts of a million, seconds of arc (table 4 of the guide, reversed). */
static struct point transform(struct point p)
{
    const double tx = 446.448, ty = -125.157, tz = 542.060;
    const double s = -20.4894e-6, second = M_PI / 180 / 3600;
    const double rx = 0.1502 * second, ry = 0.2470 * second, rz = 0.8421 * second;
    return (struct point){tx + (1 + s) * p.x - rz * p.y + ry * p.z,
                          ty + rz * p.x + (1 + s) * p.y - rx * p.z,
                          tz - ry * p.x + rx * p.y + (1 + s) * p.z};
}

static void from_point(struct point p, double *latitude, double *longitude)
{
    double e2 = eccentricity_squared(&wgs_84);
    double from_axis = sqrt(p.x * p.x + p.y * p.y);
    double phi = atan2(p.z, from_axis * (1 - e2));
    for (int i = 0; i < 6; i++) {
        double nu = wgs_84.a / sqrt(1 - e2 * sin(phi) * sin(phi));
        phi = atan2(p.z + e2 * nu * sin(phi), from_axis);
    }
    *latitude = phi;
    *longitude = atan2(p.y, p.x);
}

void osgb_to_degrees(double easting, double northing, double *latitude_out, double *longitude_out)
{
    double latitude, longitude;
    from_grid(easting, northing, &latitude, &longitude);
    from_point(transform(to_point(latitude, longitude)), &latitude, &longitude);
    *latitude_out = latitude * 180 / M_PI;
    *longitude_out = longitude * 180 / M_PI;
}

bool osgb_is_in_grid(double easting, double northing)
{
    return easting > 0 && easting < 700000 && northing > 0 && northing < 1300000;
}
