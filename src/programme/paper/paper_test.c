#include "platform/base/test.h"
