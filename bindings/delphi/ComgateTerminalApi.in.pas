(*
  comgate-terminal: card payments on Comgate touch-screen terminals, the C functions as Delphi sees them.
  Unofficial, not affiliated with Comgate.

{=origin=}

  For Delphi 7 to 12 on 32- and 64-bit Windows, and for Free Pascal in a Delphi mode on Windows and Linux.

  HOW TO CALL

      Code := cgt_pay(Terminal, 'sale 42', 12550, 'CZK', Verdict, @Outcome);      // 125.50 CZK

  Most programs are better served by the class TComgateTerminal in ComgateTerminal.pas, which stands on this unit.

  THE RULES (comgate_terminal.h has them in full, and the errors of each function)

  - The first call loads the library where CgtLoad has not done so, and raises ECgtLoad where that fails. Call CgtLoad
    when the program starts, to learn it then.
  - A function answers CGT_CALL_OK or a CGT_E_ code. CGT_CALL_OK says that the call worked, never that money moved:
    look at the verdict.
  - Texts are UTF-8; ComgateTerminalText.pas converts them. In: PAnsiChar(Utf8); they are copied. Out: into Buf, which
    has Cap bytes, with a final zero; Need^ receives the size needed. Need may be nil, and Buf when Cap is 0.
  - Amounts are whole minor units: 12550 is 125.50. Times are milliseconds.
  - What a _new or _begin function gives is freed once with its _free function, an Outcome with cgt_outcome_free. An
    outcome told to a callback is lent: it is valid until the callback returns, and is not freed.
  - Callbacks are plain procedures, not methods. They run in the thread that called, and only during the call. No
    exception may leave them; User is handed back as it was given; 0 is always the harmless answer. What they need to
    know about floating point stands at CgtFpuEnter.
  - One thread at a time for each terminal. Only cgt_terminal_cancel may be called from another one, or in a callback.
*)
unit ComgateTerminalApi;

{$I ComgateTerminal.inc}

interface

uses
  {$IFDEF MSWINDOWS}Windows,{$ELSE}BaseUnix, DynLibs,{$ENDIF} SysUtils;

const
{=constants=}

type
{=types=}

{ The functions }

{=functions=}

{ Loading }

type
  TCgtPath = {$IFDEF MSWINDOWS}WideString{$ELSE}string{$ENDIF};

  { The library cannot be used. The message names every file that was tried, and what is wrong with it. }
  ECgtLoad = class(Exception);

{ Loads the library, checks it and sets the functions above; does nothing when that was done before. It looks beside
  the program, then beside the DLL or package that this unit was built into; never anywhere else, so that nobody can
  put another library in its place. It is not unloaded before the program ends. May be called from any thread. }
procedure CgtLoad; overload;

{ The same, but looks in this folder only. It must be a full path. }
procedure CgtLoad(const Folder: TCgtPath); overload;

{ The file that was loaded; empty before that. }
function CgtLoadedFile: TCgtPath;

{ Floating point }

type
  { How the processor treats floating point errors. }
  TCgtFpu = record
    Mxcsr: Cardinal;
    ControlWord: Word;
  end;

{ Delphi programs turn division by zero and the like into exceptions. Code made by other compilers, this library too,
  takes the processor's default for granted: no exceptions. Every function above sees to that by itself: the library
  runs with the default, and afterwards everything is as the program had it.

  A callback begins with the default of the library. It is Delphi code again, and wants what the program had, which is
  Outside here, read with CgtFpuRead before the call:

      CgtFpuEnter(Inside);
      CgtFpuLeave(Outside);
      try
        ...
      finally
        CgtFpuLeave(Inside);
      end; }
procedure CgtFpuRead(out Current: TCgtFpu);

{ Saves how it is and sets the default; and sets it to what was saved. }
procedure CgtFpuEnter(out Saved: TCgtFpu);
procedure CgtFpuLeave(const Saved: TCgtFpu);

implementation

{ What the loader needs from the operating system }

const
  {$IFDEF MSWINDOWS}
  // One name for both bitnesses, both side by side, or each in its folder.
  FILE_NAMES: array [0..2] of string = ('comgate_terminal.dll',
    {$IFDEF CPUX64}
    'comgate_terminal64.dll', 'Win64\comgate_terminal.dll'
    {$ELSE}
    'comgate_terminal32.dll', 'Win32\comgate_terminal.dll'
    {$ENDIF}
  );
  {$ELSE}
  FILE_NAMES: array [0..0] of string = ('libcomgate_terminal.so');
  {$ENDIF}

type
  TLibrary = {$IFDEF MSWINDOWS}HMODULE{$ELSE}TLibHandle{$ENDIF};

{$IFDEF MSWINDOWS}

{ The folder of a module of this process, with its final backslash. Wide, because a folder may have any letter. }
function FolderOf(Module: HMODULE): TCgtPath;
var
  Buffer: array [0..32767] of WideChar;
  Count: Cardinal;
begin
  Count := GetModuleFileNameW(Module, Buffer, Length(Buffer));
  while (Count > 0) and (Buffer[Count - 1] <> '\') do
    Dec(Count);
  SetString(Result, Buffer, Count);
end;

function ProgramFolder: TCgtPath;
begin
  Result := FolderOf(0);
end;

function UnitFolder: TCgtPath;
begin
  Result := FolderOf(HInstance);
end;

function IsFullPath(const Path: TCgtPath): Boolean;
begin
  Result := (Copy(Path, 2, 2) = ':\') or (Copy(Path, 1, 2) = '\\');
end;

function FileIsThere(const FileName: TCgtPath): Boolean;
begin
  Result := Integer(GetFileAttributesW(PWideChar(FileName))) <> -1;
end;

{ What kind of library a file is that Windows does not load here, or nothing when it is none. }
function OtherBits(const FileName: TCgtPath): string;
var
  Handle: THandle;
  Start: array [0..1023] of Byte;
  Count: Cardinal;
  Header: Integer;
begin
  Result := '';
  Handle := CreateFileW(PWideChar(FileName), GENERIC_READ, FILE_SHARE_READ, nil, OPEN_EXISTING, 0, 0);
  if Handle = INVALID_HANDLE_VALUE then
    Exit;
  FillChar(Start, SizeOf(Start), 0);
  ReadFile(Handle, Start, SizeOf(Start), Count, nil);
  CloseHandle(Handle);
  // Where the header of the image begins stands at $3C. It is 'PE', two zeros, and the kind of processor.
  Header := Start[$3C] + Start[$3D] shl 8;
  if (Header > SizeOf(Start) - 6) or (Start[Header] <> Ord('P')) or (Start[Header + 1] <> Ord('E')) then
    Exit;
  case Start[Header + 4] + Start[Header + 5] shl 8 of
    $014C: Result := ' but a 32-bit one';
    $8664: Result := ' but a 64-bit one';
  else
    Result := ' but one for another processor';
  end;
end;

function OpenLibrary(const FileName: TCgtPath; out Problem: string): TLibrary;
var
  Mode, Error: Cardinal;
begin
  // Otherwise Windows may show a box of its own, and the cashier has to close it.
  Mode := SetErrorMode(SEM_FAILCRITICALERRORS);
  Result := LoadLibraryW(PWideChar(FileName));
  Error := GetLastError;
  SetErrorMode(Mode);
  if Result <> 0 then
    Exit;
  if Error = ERROR_BAD_EXE_FORMAT then
    Problem := Format('is not a %d-bit library%s', [SizeOf(Pointer) * 8, OtherBits(FileName)])
  else
    Problem := Format('%s (Windows error %d)', [SysErrorMessage(Error), Error]);
end;

function ExportOf(Module: TLibrary; Name: PAnsiChar): Pointer;
begin
  Result := GetProcAddress(Module, Name);
end;

{$ELSE}

function ProgramFolder: TCgtPath;
begin
  // ParamStr(0) is what the program was called, which may be without a folder.
  Result := ExtractFilePath(fpReadLink('/proc/self/exe'));
end;

function UnitFolder: TCgtPath;
begin
  Result := ProgramFolder;
end;

function IsFullPath(const Path: TCgtPath): Boolean;
begin
  Result := Copy(Path, 1, 1) = '/';
end;

function FileIsThere(const FileName: TCgtPath): Boolean;
begin
  Result := FileExists(FileName);
end;

function OpenLibrary(const FileName: TCgtPath; out Problem: string): TLibrary;
begin
  Result := LoadLibrary(FileName);
  if Result = 0 then
    Problem := GetLoadErrorStr;
end;

function ExportOf(Module: TLibrary; Name: PAnsiChar): Pointer;
begin
  Result := GetProcedureAddress(Module, Name);
end;

{$ENDIF}

{ The loader }

var
  Lock: TRTLCriticalSection;
  LoadedFile: TCgtPath;
  Loaded: Boolean; // set last, and read without the lock
  // The functions in the library.
{=raw=}

{ Sets all functions, to nil when there is no module, and names those that the module does not have. }
procedure Bind(Module: TLibrary; out Missing: string);

  function Find(Name: PAnsiChar): Pointer;
  begin
    Result := nil;
    if Module <> 0 then
      Result := ExportOf(Module, Name);
    if Result = nil then
      Missing := Missing + ' ' + string(AnsiString(Name));
  end;

begin
  Missing := '';
{=binds=}
end;

{ Takes this file if it can be used; else says what is wrong with it. }
function TryFile(const FileName: TCgtPath; out Problem: string): Boolean;
var
  Module: TLibrary;
  Missing: string;
begin
  Result := False;
  Problem := 'is not there';
  if not FileIsThere(FileName) then
    Exit;
  Module := OpenLibrary(FileName, Problem);
  if Module = 0 then
    Exit;
  Bind(Module, Missing);
  if Missing <> '' then
    Problem := 'does not have' + Missing
  else if raw_cgt_abi_version() <> CGT_ABI_NEEDED then
    Problem := Format('has version %d of the C ABI, and this program needs %d', [raw_cgt_abi_version(), CGT_ABI_NEEDED])
  else
    Result := True;
  if not Result then
    Bind(0, Missing);
end;

{ Tries every name in every folder, in this order. }
procedure LoadFrom(const Folders: array of TCgtPath);
var
  Folder, Name: Integer;
  FileName: TCgtPath;
  Problem, Problems: string;
begin
  Problems := '';
  for Folder := Low(Folders) to High(Folders) do
    for Name := Low(FILE_NAMES) to High(FILE_NAMES) do
    begin
      FileName := Folders[Folder] + TCgtPath(FILE_NAMES[Name]);
      if TryFile(FileName, Problem) then
      begin
        LoadedFile := FileName;
        Loaded := True;
        Exit;
      end;
      Problems := Problems + sLineBreak + string(FileName) + ' ' + Problem;
    end;
  raise ECgtLoad.CreateFmt('This %d-bit program finds no library of comgate-terminal that it can use:%s',
    [SizeOf(Pointer) * 8, Problems]);
end;

procedure LoadOnce(const Folders: array of TCgtPath);
var
  Fpu: TCgtFpu;
begin
  EnterCriticalSection(Lock);
  CgtFpuEnter(Fpu);
  try
    if not Loaded then
      LoadFrom(Folders);
  finally
    CgtFpuLeave(Fpu);
    LeaveCriticalSection(Lock);
  end;
end;

procedure CgtLoad;
begin
  if UnitFolder = ProgramFolder then
    LoadOnce([ProgramFolder])
  else
    LoadOnce([ProgramFolder, UnitFolder]);
end;

procedure CgtLoad(const Folder: TCgtPath);
begin
  if not IsFullPath(Folder) then
    raise ECgtLoad.CreateFmt('CgtLoad needs a full path, and %s is none', [string(Folder)]);
  LoadOnce([Folder + PathDelim]);
end;

function CgtLoadedFile: TCgtPath;
begin
  Result := LoadedFile;
end;

{ Floating point }

const
  // What a processor starts with: no exceptions, round to nearest.
  DEFAULT_FPU: TCgtFpu = (Mxcsr: $1F80; ControlWord: $137F);

{ Mxcsr rules SSE, the control word the older x87. Fpu points to a TCgtFpu; it comes in a register. }
{$IFDEF CPUX64}

procedure ReadFpu(Fpu: Pointer);
asm
  {$IFDEF UNIX}
  mov     rcx, rdi
  {$ENDIF}
  stmxcsr dword ptr [rcx]
  fnstcw  word ptr [rcx + 4]
end;

procedure WriteFpu(Fpu: Pointer);
asm
  {$IFDEF UNIX}
  mov     rcx, rdi
  {$ENDIF}
  ldmxcsr dword ptr [rcx]
  fnclex                        // an error of before would be reported as soon as it is allowed again
  fldcw   word ptr [rcx + 4]
end;

{$ELSE}

procedure ReadFpu(Fpu: Pointer);
asm
  stmxcsr dword ptr [eax]
  fnstcw  word ptr [eax + 4]
end;

procedure WriteFpu(Fpu: Pointer);
asm
  ldmxcsr dword ptr [eax]
  fnclex                        // an error of before would be reported as soon as it is allowed again
  fldcw   word ptr [eax + 4]
end;

{$ENDIF}

procedure CgtFpuRead(out Current: TCgtFpu);
begin
  ReadFpu(@Current);
end;

procedure CgtFpuEnter(out Saved: TCgtFpu);
begin
  ReadFpu(@Saved);
  WriteFpu(@DEFAULT_FPU);
end;

procedure CgtFpuLeave(const Saved: TCgtFpu);
begin
  WriteFpu(@Saved);
end;

{ The functions }

procedure CgtEnter(out Saved: TCgtFpu);
begin
  if not Loaded then
    CgtLoad;
  CgtFpuEnter(Saved);
end;

{=guarded=}

initialization
  {$IFDEF MSWINDOWS}InitializeCriticalSection{$ELSE}InitCriticalSection{$ENDIF}(Lock);

finalization
  {$IFDEF MSWINDOWS}DeleteCriticalSection{$ELSE}DoneCriticalSection{$ENDIF}(Lock);

end.
