/*
 * A careless program, such as a backup or a virus scanner, that reads a file and lets nobody rename or replace it meanwhile. It lets go as
 * soon as somebody wants to: when a second file appears beside the first.
 *
 *     holder FILE SECOND_FILE
 */
#include <windows.h>

#include <stdio.h>

int wmain(int count, wchar_t **arguments)
{
    HANDLE file = count == 3 ? CreateFileW(arguments[1], GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL)
                             : INVALID_HANDLE_VALUE;
    if (file == INVALID_HANDLE_VALUE) return printf("Windows error %lu\n", GetLastError()), 1;
    puts("held");
    fflush(stdout);
    while (GetFileAttributesW(arguments[2]) == INVALID_FILE_ATTRIBUTES) Sleep(5);
    /* So long that the first tries have failed. */
    Sleep(100);
    CloseHandle(file);
    puts("let go");
    return 0;
}
