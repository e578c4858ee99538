/*
 * A careless program, such as a backup or a virus scanner, that has a file open.
 *
 *     holder FILE alone MILLISECONDS     nobody else may open it meanwhile
 *     holder FILE until SECOND_FILE      nobody may rename or replace it, until somebody wants to: until that file is there
 */
#include <windows.h>

#include <stdio.h>

int wmain(int count, wchar_t **arguments)
{
    int alone = count == 4 && wcscmp(arguments[2], L"alone") == 0;
    DWORD sharing = alone ? 0 : FILE_SHARE_READ | FILE_SHARE_WRITE;
    HANDLE file = CreateFileW(count == 4 ? arguments[1] : L"", GENERIC_READ, sharing, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return printf("Windows error %lu\n", GetLastError()), 1;
    puts("held");
    fflush(stdout);
    if (alone) {
        Sleep((DWORD)_wtoi(arguments[3]));
    } else {
        while (GetFileAttributesW(arguments[3]) == INVALID_FILE_ATTRIBUTES) Sleep(5);
        /* So long that the first tries have failed. */
        Sleep(100);
    }
    CloseHandle(file);
    puts("let go");
    return 0;
}
