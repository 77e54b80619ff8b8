/* SPDX-License-Identifier: MIT */
/* osgb.h - from the map grid of Great Britain to latitude and longitude.  For this folder only. */
#ifndef PROGRAMME_DIRECTORY_OSGB_H
#define PROGRAMME_DIRECTORY_OSGB_H

#include <stdbool.h>

/*
 * Easting and northing in metres (OSGB36) as degrees of WGS84, right to about 5 metres: inverse
 * transverse Mercator on the Airy 1830 ellipsoid, then a Helmert transformation.
 *
 * Source: Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B and C.
 */
void osgb_to_degrees(double easting, double northing, double *latitude_out, double *longitude_out);

/* Whether these are in the grid's squares at all. */
bool osgb_is_in_grid(double easting, double northing);

#endif
