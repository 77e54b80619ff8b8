/* SPDX-License-Identifier: MIT */
/*
 * share_picture.c - what the picture beside the shared address of a pledge says.
 *
 * The largest words of a pledge that does not stand are that it is no longer in force.
 */
#include "programme/share/share.h"

struct picture_shared share_picture(struct mem *mem, const struct pledge *pledge)
{
    if (pledge_stands(pledge))
        return (struct picture_shared){.kind = "Partnership Pledge",
                                       .title = pledge->organisation_name,
                                       .line = share_stand(mem, pledge),
                                       .reference = pledge->reference};
    return (struct picture_shared){
        .kind = pledge->organisation_name,
        .title = "No longer in force",
        .line = mem_format(mem, "Partnership Pledge, %s", pledge_state_text(pledge->state)),
        .reference = pledge->reference,
        .is_over = true};
}
