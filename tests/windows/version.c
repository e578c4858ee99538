/* Prints what Windows shows of a file under Properties, Details:   version FILE */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

static const wchar_t *const names[] = {L"FileVersion", L"ProductVersion", L"ProductName", L"FileDescription",
                                       L"OriginalFilename"};

int wmain(int count, wchar_t **arguments)
{
    VS_FIXEDFILEINFO *fixed;
    UINT length, i;
    DWORD ignored, size = count == 2 ? GetFileVersionInfoSizeW(arguments[1], &ignored) : 0;
    void *block = malloc(size);

    if (size == 0 || block == NULL || !GetFileVersionInfoW(arguments[1], 0, size, block)) {
        printf("no version: Windows error %lu\n", GetLastError());
        return 1;
    }
    if (!VerQueryValueW(block, L"\\", (void **)&fixed, &length)) return 1;
    printf("number %u.%u.%u.%u\n", HIWORD(fixed->dwFileVersionMS), LOWORD(fixed->dwFileVersionMS),
           HIWORD(fixed->dwFileVersionLS), LOWORD(fixed->dwFileVersionLS));
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        wchar_t path[100], *text;
        swprintf(path, sizeof path / sizeof *path, L"\\StringFileInfo\\040904B0\\%ls", names[i]);
        if (!VerQueryValueW(block, path, (void **)&text, &length)) return 1;
        printf("%ls %ls\n", names[i], text);
    }
    free(block);
    return 0;
}
