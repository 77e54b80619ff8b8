/* SPDX-License-Identifier: MIT */
/*
 * openapi.h - the API document (OpenAPI 3.1), made from the tables of routes, fields and columns.
 *
 * Every listing is there as BASE.json with its filters, orders and columns, every journey as one
 * POST with all of its fields, and every handler that says what JSON it answers.  So the document
 * cannot differ from the program: a test calls each operation and compares what comes.
 */
#ifndef PLATFORM_WEB_OPENAPI_H
#define PLATFORM_WEB_OPENAPI_H

#include "platform/web/web.h"

/*
 * The document as JSON text.
 *
 * ERR_INVALID  a route of the program is refused: see web_server_new
 */
MUST_CHECK enum status web_openapi(struct ctx *ctx, const struct web_app *app, const char **out);

/* GET /openapi.json */
enum status web_openapi_show(struct web_request *request, struct web_answer *answer);

#endif
