/* SPDX-License-Identifier: MIT */
typedef int nothing;
