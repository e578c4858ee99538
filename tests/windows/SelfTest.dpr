{ Whether card payments work on this Windows: the terminal in software is started, the demo till pays on it, is killed in
  the middle of a payment, and finds that payment again. Nothing is installed, no money moves.

    SelfTest [REPORT]      the report is added to this file too

  The programs and the DLL must be in the same folder. It ends with 0 when everything is as it should be. }
program SelfTest;

{$APPTYPE CONSOLE}

uses
  Windows, SysUtils;

type
  TChild = record
    Process, Output: THandle;
  end;

const
  // As the demo till ends.
  DONE = 0;
  NOT_PAID = 1;
  KILLED = 99;
  // CGT_PHASE_WAITING, as the demo till shows it.
  WAITING = '  3 ';

var
  Report: Text;
  Failures: Integer;
  // What the last till said.
  Said: AnsiString;

{ Telling }

procedure Tell(const Line: AnsiString);
begin
  WriteLn(Line);
  if ParamStr(1) <> '' then
  begin
    Append(Report);
    WriteLn(Report, Line);
    Close(Report);
  end;
end;

procedure Check(const What: AnsiString; Good: Boolean);
begin
  if Good then
    Tell('ok      ' + What)
  else
  begin
    Inc(Failures);
    Tell('FAILED  ' + What);
    Tell(Said);
  end;
end;

procedure TellAboutWindows;
var
  Version: TOSVersionInfoA;
begin
  Version.dwOSVersionInfoSize := SizeOf(Version);
  GetVersionExA(Version);
  Tell(AnsiString(Format('Windows %d.%d build %d %s, code page %d, a program of %d bits', [Version.dwMajorVersion,
    Version.dwMinorVersion, Version.dwBuildNumber, string(AnsiString(Version.szCSDVersion)), GetACP,
    SizeOf(Pointer) * 8])));
end;

{ Programs }

{ Starts a program of this folder and catches what it prints. }
function Start(const CommandLine: string): TChild;
var
  Security: TSecurityAttributes;
  Startup: TStartupInfo;
  Made: TProcessInformation;
  WriteEnd: THandle;
  Line: string;
begin
  FillChar(Security, SizeOf(Security), 0);
  Security.nLength := SizeOf(Security);
  Security.bInheritHandle := True;
  FillChar(Startup, SizeOf(Startup), 0);
  Startup.cb := SizeOf(Startup);
  if not CreatePipe(Result.Output, WriteEnd, @Security, 0) then
    RaiseLastOSError;
  SetHandleInformation(Result.Output, HANDLE_FLAG_INHERIT, 0);
  Startup.dwFlags := STARTF_USESTDHANDLES;
  Startup.hStdOutput := WriteEnd;
  Startup.hStdError := WriteEnd;
  // Windows may write into the command line.
  Line := '"' + ExtractFilePath(ParamStr(0)) + CommandLine;
  UniqueString(Line);
  if not CreateProcess(nil, PChar(Line), nil, nil, True, 0, nil, nil, Startup, Made) then
    RaiseLastOSError;
  CloseHandle(WriteEnd);
  CloseHandle(Made.hThread);
  Result.Process := Made.hProcess;
end;

{ Adds the next of what the program prints; False at its end. }
function Listen(const Child: TChild): Boolean;
var
  Bytes: array [0..4095] of AnsiChar;
  Count: Cardinal;
  Piece: AnsiString;
begin
  Result := ReadFile(Child.Output, Bytes, SizeOf(Bytes), Count, nil) and (Count > 0);
  if not Result then
    Exit;
  SetString(Piece, PAnsiChar(@Bytes), Count);
  Said := Said + Piece;
end;

{ The number behind a word in what was said, such as port=1234. }
function NumberAfter(const Name: AnsiString): Integer;
var
  Place: Integer;
begin
  Result := 0;
  Place := Pos(Name, Said);
  if Place = 0 then
    Exit;
  Place := Place + Length(Name);
  while (Place <= Length(Said)) and (Said[Place] in ['0'..'9']) do
  begin
    Result := Result * 10 + Ord(Said[Place]) - Ord('0');
    Inc(Place);
  end;
end;

{ The end of a program; with KillAt, it is killed as soon as it has said that. }
function Ending(const Child: TChild; const KillAt: AnsiString): Cardinal;
begin
  Said := '';
  while Listen(Child) do
    if (KillAt <> '') and (Pos(KillAt, Said) > 0) then
    begin
      TerminateProcess(Child.Process, KILLED);
      Break;
    end;
  WaitForSingleObject(Child.Process, INFINITE);
  GetExitCodeProcess(Child.Process, Result);
  CloseHandle(Child.Process);
  CloseHandle(Child.Output);
end;

{ The test }

var
  Port: Integer;
  Journal, Ledger: string;

function Pay(const Sale, Amount: string; const KillAt: AnsiString = ''): Cardinal;
begin
  Result := Ending(Start(Format('PayDemo.exe" 127.0.0.1 %d "%s" %s %s --simulator', [Port, Journal, Sale, Amount])),
    KillAt);
end;

{ How often the terminal has charged this amount in minor units, by its own books. }
function Charges(const Amount: AnsiString): Integer;
var
  Books: Text;
  Line: AnsiString;
begin
  Result := 0;
  AssignFile(Books, Ledger);
  Reset(Books);
  repeat
    ReadLn(Books, Line);
    if Pos('"amount": ' + Amount + ',', Line) > 0 then
      Inc(Result);
    // The charges come first; what follows tells of the same money again.
  until Eof(Books) or (Line = '  ],');
  CloseFile(Books);
end;

procedure Run;
begin
  Check('a payment is approved', (Pay('1', '125.50') = DONE) and (Pos('APPROVED 1', Said) > 0));
  Check('it is charged once', Charges('12550') = 1);
  Check('a declined payment is not paid', (Pay('2', '125.01') = NOT_PAID) and (Pos('DECLINED 2', Said) > 0));
  Check('a till is killed while its customer pays', Pay('3', '300.00', WAITING) = KILLED);
  Check('the next one finds that payment', (Pay('4', '400.00') = DONE) and (Pos('APPROVED 3', Said) > 0) and
    (Pos('APPROVED 4', Said) > 0));
  Check('it was charged once', Charges('30000') = 1);
  Check('it is told once', (Pay('5', '500.00') = DONE) and (Pos('APPROVED 3', Said) = 0));
  Check('paying it again is refused', Pay('3', '300.00') <> DONE);
  Check('and charges nothing', Charges('30000') = 1);
end;

procedure Prepare;
var
  Folder: string;
begin
  if ParamStr(1) <> '' then
  begin
    AssignFile(Report, ParamStr(1));
    if not FileExists(ParamStr(1)) then
    begin
      Rewrite(Report);
      CloseFile(Report);
    end;
  end;
  Folder := Format('%s\comgate-terminal self-test %d', [GetEnvironmentVariable('TEMP'), GetCurrentProcessId]);
  Journal := Folder + '\journal';
  Ledger := Folder + '\ledger.json';
  ForceDirectories(Journal);
end;

procedure TidyUp;
var
  Found: TSearchRec;
begin
  if FindFirst(Journal + '\*', faAnyFile, Found) = 0 then
  begin
    repeat
      DeleteFile(PChar(Journal + '\' + Found.Name));
    until FindNext(Found) <> 0;
    FindClose(Found);
  end;
  DeleteFile(PChar(Ledger));
  RemoveDir(Journal);
  RemoveDir(ExtractFileDir(Journal));
end;

var
  Terminal: TChild;
begin
  SetConsoleOutputCP(CP_UTF8);
  try
    Prepare;
    TellAboutWindows;
    Said := '';
    Terminal := Start(Format('comgate-simulator.exe" --port 0 --control-port 0 --ledger "%s"', [Ledger]));
    while (Pos(#10, Said) = 0) and Listen(Terminal) do;
    Port := NumberAfter('port=');
    Check('the terminal in software starts', Port > 0);
    try
      Run;
    finally
      TerminateProcess(Terminal.Process, DONE);
      WaitForSingleObject(Terminal.Process, INFINITE);
    end;
    TidyUp;
  except
    on E: Exception do
    begin
      Inc(Failures);
      Tell('FAILED  ' + AnsiString(E.Message));
    end;
  end;
  if Failures = 0 then
    Tell('EVERYTHING WORKS')
  else
    Tell('SOMETHING DOES NOT WORK');
  ExitCode := Ord(Failures > 0);
end.
