{ Counting what holds and what does not. The last line is N passed, N failed. }
unit Checks;

{$I ComgateTerminal.inc}

interface

procedure Check(Condition: Boolean; const What: string);

{ Tells how it went, as a line and as the exit code. }
procedure Finish;

{ Whether floating point errors become exceptions, as in every Delphi program. }
function DivisionRaises: Boolean;

{ Floating point as Delphi sets it when a program starts, whatever Free Pascal does. }
procedure BeLikeDelphi;

implementation

uses
  SysUtils, ComgateTerminalApi, Transcript;

var
  Passed, Failed: Integer;

procedure Check(Condition: Boolean; const What: string);
begin
  if Condition then
    Inc(Passed)
  else
  begin
    Inc(Failed);
    Say('FAILED  ' + What);
  end;
end;

procedure Finish;
begin
  Say(Format('%d passed, %d failed', [Passed, Failed]));
  ExitCode := Ord(Failed > 0);
end;

function DivisionRaises: Boolean;
var
  Zero: Double;
begin
  Zero := 0;
  try
    Result := 1 / Zero < 0; // where it does not raise it is infinite: False
  except
    on EZeroDivide do
      Result := True;
  end;
end;

procedure BeLikeDelphi;
const
  DELPHI: TCgtFpu = (Mxcsr: $1920; ControlWord: $1372);
begin
  CgtFpuLeave(DELPHI);
end;

end.
