#include <stdint.h>

/* One calling convention on every platform and for every callback: cdecl. Define CGT_STATIC when linking the static library. */
#if defined(_WIN32)
#  define CGT_CALL __cdecl
#  if defined(CGT_STATIC)
#    define CGT_API
#  else
#    define CGT_API __declspec(dllimport)
#  endif
#else
#  define CGT_CALL
#  define CGT_API
#endif
