/* SPDX-License-Identifier: MIT */
/* individual_web_test.c - the pages of a person's pledge, as people and programs meet them. */
