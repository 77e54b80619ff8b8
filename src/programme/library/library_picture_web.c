/* SPDX-License-Identifier: MIT */
/*
 * library_picture_web.c - the pictures of guidance, for editors.
 *
 *   /desk/library/pictures               a listing of those that are here; POST adds one
 *   /desk/library/pictures/:id/remove    asks, then removes one
 */
#include "programme/library/library_web.h"

#include <inttypes.h>

#include "platform/base/time.h"
#include "platform/web/form.h"
#include "platform/web/listing.h"
#include "programme/library/library_desk.h"
#include "programme/library/library_internal.h"
#include "programme/library/library_page.html.h"

/* ---- adding ---- */

static const char *const picture_endings[] = {".png", ".jpg", NULL};

static const struct form_field picture_fields[] = {
    FORM_FILE(library_picture_new, file, .label = "Picture", .hint = "PNG or JPEG, at most 8 MB",
              .file_types = picture_endings, .file_bytes_most = 8000000, .is_photo = true,
              .missing = "Choose a picture"),
    FORM_TEXT(library_picture_new, alt, .label = "What does it show?",
              .hint = "For people who cannot see it. One sentence.", .length_most = 300,
              .missing = "Say what the picture shows"),
    FORM_END};

/* Fills page with the form, and with what is wrong with what was sent; problems NULL: nothing. */
static enum status fill_form(struct web_request *request, const struct form_problems *problems,
                             struct library_picture_page *page)
{
    struct mem *mem = request->ctx->mem;
    struct view top = {.mem = mem}, form = {.mem = mem};
    const struct form_shown shown = {.fields = picture_fields,
                                     .answers = problems != NULL ? request->sent : NULL,
                                     .problems = problems};
    form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    *page = (struct library_picture_page){
        .problems = view_html(&top), .form = view_html(&form), .form_token = web_token(request)};
    return OK;
}

static enum status ask_again(struct web_request *request, struct web_answer *answer,
                             const struct form_problems *problems)
{
    struct library_picture_page page = {0};
    TRY(fill_form(request, problems, &page));
    library_desk_head(request, answer, "Add a picture", NULL);
    answer->page.crumbs[3] = (struct web_crumb){"Pictures", "/desk/library/pictures"};
    answer->page.has_problem = true;
    library_picture_again(&answer->body, &page);
    return ERR_INVALID;
}

static enum status add_picture(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct form_problems problems = {.count = 0};
    struct form_answers kept = {0};
    struct library_picture_new sent = {.alt = ""};
    const char *owner = mem_format(ctx->mem, "library-picture:%" PRId64, ctx->person.n);
    const struct form_keeping keeping = {ctx, picture_fields, &kept, owner};
    int64_t id;
    enum status status = form_read_sent(&keeping, request->sent, &sent, &problems);
    if (status == OK)
        status = library_picture_keep(ctx, &sent, &problems, &id);
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID)
        return ask_again(request, answer, &problems);
    TRY(status);
    return web_see_other(answer, "/desk/library/pictures");
}

/* ---- those that are here ---- */

/* In the order of the columns of library_pictures. */
enum { ID, ALT, ADDED_AT };

static const struct listing_column columns[] = {
    {.name = "id", .heading = "Number", .format = LISTING_NUMBER},
    {.name = "alt", .heading = "What it shows", .link = "/guidance/pictures/:id"},
    {.name = "added_at", .heading = "Added", .format = LISTING_TIME},
    {0}};

static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    struct library_picture_page page = {0};
    TRY(fill_form(request, NULL, &page));
    library_pictures_intro(out, &page);
    return OK;
}

static enum status empty(struct web_request *request, struct view *out)
{
    (void)request;
    library_pictures_empty(out);
    return OK;
}

static void show_picture(struct view *out, const struct store_value *row)
{
    library_picture_show(out, &(const struct library_picture_card){
                                  row[ID].n, row[ALT].text, time_show(out->mem, row[ADDED_AT].n),
                                  mem_format(out->mem, "![%s](/guidance/pictures/%" PRId64 ")",
                                             row[ALT].text, row[ID].n)});
}

static const struct listing pictures_listing = {
    .title = "Pictures",
    .section = "/desk",
    .query = &library_pictures_query,
    .columns = columns,
    .orders = orders,
    .one = "picture",
    .many = "pictures",
    .file_name = "pictures",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Guidance", "/desk/library"}},
    .intro = intro,
    .empty = empty,
    .card = show_picture};

/* ---- removing ---- */

static const struct form_field no_fields[] = {FORM_END};

static enum status find_picture(struct web_request *request, struct library_picture_row_row *out)
{
    int64_t id;
    if (text_number(web_value(request, "id"), 1, INT64_MAX, &id) != OK)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "a picture has no such number");
    return library_picture_row(request->ctx, id, out);
}

static enum status ask_remove(struct web_request *request, struct web_answer *answer)
{
    struct library_picture_row_row picture;
    struct mem *mem = request->ctx->mem;
    struct view intro = {.mem = mem};
    TRY(find_picture(request, &picture));
    inset_text(&intro, &(const struct inset_text){
                           .text = "It is gone for good. Pages that show it say in words what it "
                                   "showed, until you change them."});
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = mem_format(mem, "Remove the picture “%s”", picture.alt),
            .action = mem_format(mem, "/desk/library/pictures/%" PRId64 "/remove", picture.id),
            .button = "Remove it",
            .is_warning = true,
            .intro = view_html(&intro),
            .back_href = "/desk/library/pictures",
            .shown = {.fields = no_fields}});
}

static enum status remove_picture(struct web_request *request, struct web_answer *answer)
{
    struct library_picture_row_row picture;
    enum status status = find_picture(request, &picture);
    request->ctx->fault = status == ERR_NOT_FOUND ? NULL : request->ctx->fault;
    if (status != ERR_NOT_FOUND) {
        TRY(status);
        TRY(library_picture_remove(request->ctx, picture.id));
    }
    return web_see_other(answer, "/desk/library/pictures");
}

const struct web_route library_picture_routes[] = {
    WEB_LISTING("/desk/library/pictures", MAY_EDIT_CONTENT, &pictures_listing,
                "Pictures for pages."),
    {.method = "POST",
     .path = "/desk/library/pictures",
     .access = MAY_EDIT_CONTENT,
     .handler = add_picture,
     .summary = "Adds a picture.",
     .takes_files = true},
    {"GET", "/desk/library/pictures/:id/remove", MAY_EDIT_CONTENT, ask_remove,
     "Asks before a picture is removed."},
    {"POST", "/desk/library/pictures/:id/remove", MAY_EDIT_CONTENT, remove_picture,
     "Removes a picture. Safe to repeat."},
    {0},
};
