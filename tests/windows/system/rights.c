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
    DWORD error = count == 2 ? GetNamedSecurityInfoW(arguments[1], SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, NULL, NULL, NULL, NULL,
                                                     &descriptor)
                             : ERROR_INVALID_PARAMETER;
    if (error != ERROR_SUCCESS) return printf("Windows error %lu\n", error), 1;
    if (!ConvertSecurityDescriptorToStringSecurityDescriptorW(descriptor, SDDL_REVISION_1, DACL_SECURITY_INFORMATION, &text, NULL)) return 1;
    printf("%ls\n", text);
    return 0;
}
