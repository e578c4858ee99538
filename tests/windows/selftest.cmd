@echo off
rem Whether card payments work on this Windows. Nothing is installed, no money moves. The report is selftest-report.txt in
rem the folder %TEMP%; send it to whoever helps you.
rem
rem     selftest.cmd           what this Windows can run
rem     selftest.cmd win32     only one of them
setlocal
set here=%~dp0
set report=%TEMP%\selftest-report.txt
set failed=0
if exist "%report%" del "%report%"

if not "%1"=="" goto one
call :run win32
if "%PROCESSOR_ARCHITECTURE%"=="AMD64" call :run win64
if "%PROCESSOR_ARCHITEW6432%"=="AMD64" call :run win64
goto end

:one
call :run %1
goto end

:run
echo === %1
"%here%%1\SelfTest.exe" "%report%"
if errorlevel 1 set failed=1
goto :eof

:end
echo The report is %report%
exit /b %failed%
