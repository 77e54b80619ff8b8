/* SPDX-License-Identifier: MIT */
/* account_page.h - what the views of account_page.html need, and nothing else. */
#ifndef PROGRAMME_ACCOUNT_ACCOUNT_PAGE_H
#define PROGRAMME_ACCOUNT_ACCOUNT_PAGE_H

#include "platform/view/components.h"
#include "platform/view/view.h"
#include "programme/access/access.h"

struct account_service {
    const char *code, *label;
    const char *href;  /* to sign in, or to link */
    const char *since; /* "" when it is not linked */
};

struct account_services {
    const struct account_service *items;
    size_t count;
};

struct account_code_page {
    const char *email; /* "": no code can be typed any more */
    bool has_outbox;   /* a demonstration, where mail is read on a page */
};

struct account_second_page {
    const char *now; /* a demonstration: what the phone would show; "" else */
};

struct account_prove_page {
    const char *now;       /* as above */
    const char *mail_href; /* of proving by a mailed code instead; "": no such way */
    const char *email;     /* where a code was sent; "": none was */
    bool has_outbox;
};

struct account_phone_page {
    struct html qr;
    const char *typed; /* the secret in groups */
    const char *now;
    bool is_required; /* by a role of the person */
};

struct account_codes_page {
    const char *const *codes;
    size_t count;
    const char *next; /* where to go then */
};

/* A row of a summary list; href "": nothing to change. */
struct account_line {
    const char *key, *value, *href, *verb, *about;
};

struct account_own_section {
    const char *title;
    struct html html;
};

struct account_own_page {
    const struct access_person *person;
    bool has_desk;
    const char *form_token;
    const char *password_since; /* "": none */
    const char *phone_since;    /* "": none */
    const char *codes_text;     /* how many recovery codes are left, as a sentence */
    const char *loss_due;       /* "": nothing waits */
    const struct account_line *lines;
    size_t line_count;
    const struct account_own_section *sections;
    size_t section_count;
};

struct account_device {
    int64_t id;
    const char *label, *network, *began, *seen;
    bool is_this;
};

struct account_devices_page {
    const struct account_device *devices;
    size_t count;
    const char *form_token;
};

struct account_confirm_page {
    const char *heading, *text, *action, *button, *form_token;
};

struct account_services_page {
    struct account_services services;
    const char *form_token;
};

#endif
