/* SPDX-License-Identifier: MIT */
/* demo_people.c - invented people: names as they are met in health and care, and who signs in. */
#include "programme/access/access.h"
#include "programme/account/account.h"
#include "programme/demo/demo_internal.h"
#include "programme/member/member.h"

#include <string.h>

const struct demo_person demo_people[] = {
    {"lead@demo.example", "Samira Whitlock", "national", NULL,
     "sees every pledge, countersigns, publishes and returns"},
    {"deputy@demo.example", "Noor Castellan", "national", NULL,
     "does the same, and checks what another one recorded from paper"},
    {"north-west@demo.example", "Tomos Adeyemi", "regional", "Y62",
     "sees the pledges of one region"},
    {"safeguarding@demo.example", "Ines Farrow", "safeguarding", NULL,
     "reads safeguarding concerns, and nothing else"},
    {"operator@demo.example", "Robin Pell", "operator", NULL,
     "looks after the service and its data"},
    {0},
};

/* Given names and family names that go together, each in the writing of its people. */
static const struct {
    const char *given[8], *family[8];
    bool is_family_first;
} names[] = {
    {{"Amara", "Chidi", "Ngozi", "Tunde", "Folake", "Kwame", "Abena", "Efua"},
     {"Okafor", "Adeyemi", "Mensah", "Boateng", "Eze", "Balogun", "Owusu", "Nwosu"},
     false},
    {{"Margaret", "David", "Susan", "Peter", "Joanne", "Craig", "Helen", "Stephen"},
     {"Whitfield", "Hargreaves", "Ashworth", "Pickering", "Fairclough", "Entwistle", "Dawson",
      "Thackray"},
     false},
    {{"Priya", "Arjun", "Sunita", "Ravi", "Meera", "Imran", "Ayesha", "Harpreet"},
     {"Patel", "Sharma", "Khan", "Iqbal", "Kaur", "Singh", "Nair", "Hussain"},
     false},
    {{"Siân", "Rhys", "Nia", "Dafydd", "Siobhán", "Ciarán", "Aoife", "Pádraig"},
     {"Llewellyn", "Prosser", "Ó Néill", "Ní Bhriain", "Gwynne", "Mac Cárthaigh", "Pritchard",
      "O’Sullivan"},
     false},
    {{"Agnieszka", "Łukasz", "Małgorzata", "Jiří", "Zoë", "Ștefan", "Ioana", "Živilė"},
     {"Wiśniewska", "Kowalczyk", "Dvořák", "Popescu", "Žukauskas", "Müller", "Nováková",
      "Szczepańska"},
     false},
    {{"Maria Grace", "José Luis", "Jocelyn", "Rowena", "Inês", "João", "Camila", "Thiago"},
     {"Dela Cruz", "Santos", "Bautista", "Reyes", "Gonçalves", "Peña Ortiz", "de Souza",
      "Villanueva"},
     false},
    {{"Олена", "Марія", "Андрій", "Наталія", "Ірина", "Тарас", "Оксана", "Богдан"},
     {"Коваль", "Шевчук", "Бондар", "Лисенко", "Мельник", "Гнатюк", "Савчук", "Кравець"},
     false},
    {{"美玲", "嘉慧", "志明", "偉強", "淑芬", "家豪", "雅婷", "子軒"},
     {"陳", "李", "黃", "張", "林", "王", "吳", "劉"},
     true},
    {{"مريم", "أحمد", "ليلى", "يوسف", "سارة", "خالد", "نور", "هدى"},
     {"حسن", "الخطيب", "منصور", "العلي", "قاسم", "الحداد", "ناصر", "سليمان"},
     false},
    {{"Hodan", "Abdi", "Selam", "Yonas", "Thandiwe", "Sipho", "Tendai", "Rutendo"},
     {"Warsame", "Mohamud", "Tesfaye", "Ndlovu", "Moyo", "Dlamini", "Gebre", "Chikwanha"},
     false},
};
enum { PEOPLES = sizeof names / sizeof names[0], EACH = 8 };

const char *demo_name(struct mem *mem, struct random_seeded *random)
{
    size_t people = (size_t)random_seeded_below(random, PEOPLES);
    const char *given = names[people].given[random_seeded_below(random, EACH)];
    const char *family = names[people].family[random_seeded_below(random, EACH)];
    return names[people].is_family_first ? mem_format(mem, "%s%s", family, given)
                                         : mem_format(mem, "%s %s", given, family);
}

enum status demo_people_add(struct ctx *ctx, struct person_id *lead_out, int64_t *count_out)
{
    *count_out = 0;
    for (const struct demo_person *person = demo_people; person->email != NULL; person++) {
        struct access_person added;
        const struct access_new wanted = {person->email, person->name, person->role, person->area};
        TRY(access_person_add(ctx, &wanted, &added, NULL));
        TRY(account_phone_give(ctx, added.id));
        if (person == demo_people)
            *lead_out = added.id;
        ++*count_out;
    }
    return OK;
}

/* ---- the people of one trust, and others with roles of their own ---- */

enum where { OF_TRUST, OF_BOARD, EVERYWHERE };

static const struct {
    const char *email, *name, *role;
    enum where where;
} members[] = {
    {"trust@demo.example", "Amara Okonkwo", "lead", OF_TRUST},
    {"coordinator@demo.example", "Luca Ferrante", "coordinator", OF_TRUST},
    {"union@demo.example", "Bronwen Price", "union", OF_TRUST},
    {"local@demo.example", "Declan Byrne", "local", OF_BOARD},
    {"editor@demo.example", "Ottilie Marsh", "editor", EVERYWHERE},
    {"analyst@demo.example", "Kofi Antwi", "analyst", EVERYWHERE},
};
enum { MEMBERS = sizeof members / sizeof members[0] };

const struct demo_employer *demo_trust(const struct demo_employers *real)
{
    for (size_t i = 0; i < real->count; i++)
        if ((strcmp(real->items[i].kind, "foundation-trust") == 0 ||
             strcmp(real->items[i].kind, "nhs-trust") == 0) &&
            real->items[i].board[0] != '\0')
            return &real->items[i];
    return NULL;
}

/* Somebody who works there and asks for a role: signed in, so that the address is proven. */
static enum status add_claim(struct ctx *ctx, const struct demo_employer *trust)
{
    struct access_person claimant;
    const char *reference;
    struct form_problems problems = {.count = 0};
    const struct access_new wanted = {.email = "newcomer@demo.example", .name = "Maya Lindqvist"};
    const struct member_claim_draft draft = {
        .organisation = {.key = trust->code, .label = trust->name},
        .role = "coordinator",
        .name = wanted.name,
        .job_title = "Widening participation lead",
        .email = wanted.email,
        .about = "I began in the education team on the first of the month."};
    TRY(access_person_add(ctx, &wanted, &claimant, NULL));
    ctx->person = claimant.id;
    enum status status = member_claim_send(ctx, &draft, &problems, &reference);
    ctx->person = (struct person_id){0};
    return status;
}

static enum status add_invitation(struct ctx *ctx, const struct demo_employer *trust,
                                  struct person_id lead)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    const struct member_offer offer = {"assessor", trust->code, "", ""};
    ctx->person = lead;
    enum status status = member_invite(ctx, "assessor@demo.example", &offer, &problems, &reference);
    ctx->person = (struct person_id){0};
    return status;
}

enum status demo_members_add(struct ctx *ctx, const struct demo_employer *trust, int64_t *count_out)
{
    struct person_id lead = {0};
    for (size_t i = 0; i < MEMBERS; i++) {
        struct access_person added;
        const char *const areas[] = {
            [OF_TRUST] = trust->code, [OF_BOARD] = trust->board, [EVERYWHERE] = NULL};
        const struct access_new wanted = {.email = members[i].email,
                                          .name = members[i].name,
                                          .role = members[i].role,
                                          .area = areas[members[i].where]};
        TRY(access_person_add(ctx, &wanted, &added, NULL));
        if (i == 0)
            lead = added.id;
        ++*count_out;
    }
    TRY(add_claim(ctx, trust));
    ++*count_out;
    return add_invitation(ctx, trust, lead);
}
