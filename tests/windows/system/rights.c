/*
 * Prints who may do what with a file or folder, in the words of Windows (SDDL):   rights PATH
 */
#include <windows.h>

#include <aclapi.h>
#include <sddl.h>
#include <stdio.h>

int wmain(int count, wchar_t **arguments)
{
    PSECURITY_DESCRIPTOR descriptor;
    wchar_t *text;
    SECURITY_INFORMATION what = DACL_SECURITY_INFORMATION;
    DWORD error = ERROR_INVALID_PARAMETER;
    if (count == 2) error = GetNamedSecurityInfoW(arguments[1], SE_FILE_OBJECT, what, NULL, NULL, NULL, NULL, &descriptor);
    if (error != ERROR_SUCCESS) return printf("Windows error %lu\n", error), 1;
    if (!ConvertSecurityDescriptorToStringSecurityDescriptorW(descriptor, SDDL_REVISION_1, what, &text, NULL)) return 1;
    printf("%ls\n", text);
    return 0;
}
