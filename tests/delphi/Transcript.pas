{ What a test program says and how it dies: UTF-8, at once and byte for byte, whatever the console. }
unit Transcript;

{$I ComgateTerminal.inc}

interface

procedure Say(const Line: string);

{ The process ends here and now, as when the power goes: TerminateProcess, kill -9. }
procedure Die;

implementation

uses
  {$IFDEF MSWINDOWS}Windows,{$ELSE}BaseUnix,{$ENDIF} SysUtils, ComgateTerminalText;

procedure Say(const Line: string);
var
  Bytes: UTF8String;
begin
  Bytes := CgtToUtf8(Line) + #10;
  FileWrite({$IFDEF MSWINDOWS}GetStdHandle(STD_OUTPUT_HANDLE){$ELSE}StdOutputHandle{$ENDIF}, PAnsiChar(Bytes)^,
    Length(Bytes));
end;

procedure Die;
begin
  {$IFDEF MSWINDOWS}
  TerminateProcess(GetCurrentProcess, 9);
  {$ELSE}
  fpKill(fpGetPid, SIGKILL);
  {$ENDIF}
end;

end.
