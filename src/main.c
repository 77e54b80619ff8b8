/* SPDX-License-Identifier: MIT */
/* main.c - picks the command. */
#include <stdio.h>

int main(void)
{
    puts("onward");
    return 0;
}
