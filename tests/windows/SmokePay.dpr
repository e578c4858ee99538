{ A register in a hundred lines, as a Delphi programmer would begin one: on the raw declarations, with floating point
  exceptions on. For smoke.sh; it prints one UTF-8 line for everything that happens.

    SmokePay pay PORT JOURNAL SALE AMOUNT     takes a payment from the terminal on this computer
    SmokePay recover PORT JOURNAL             tells and acknowledges what was left open

  It ends with 0 when the call worked, whatever became of the money, and with 1 when something is wrong. }
program SmokePay;

{$APPTYPE CONSOLE}

uses
  {$IFDEF MSWINDOWS}Windows,{$ELSE}cwstring,{$ENDIF} SysUtils, ComgateTerminalApi;

const
  // What Delphi sets when a program starts: division by zero, overflow and invalid operations become exceptions.
  DELPHI_FPU: TCgtFpu = (Mxcsr: $1920; ControlWord: $1372);

var
  Terminal: PCgtTerminal;
  Recovered: Integer;

{ At once and byte for byte: this program may be killed at any time. }
procedure Print(const Line: UTF8String);
var
  Bytes: UTF8String;
begin
  Bytes := Line + #10;
  FileWrite({$IFDEF MSWINDOWS}GetStdHandle(STD_OUTPUT_HANDLE){$ELSE}StdOutputHandle{$ENDIF}, Bytes[1], Length(Bytes));
end;

{ A text of this program, ANSI in Delphi 7 and wide since Delphi 2009, for the library. }
function Utf8(const Text: string): UTF8String;
begin
  Result := UTF8Encode(WideString(Text));
end;

{ A text of the library. Assigning the pointer would take it for ANSI. }
function FromLibrary(Text: PAnsiChar): UTF8String;
begin
  SetString(Result, Text, StrLen(Text));
end;

{ Whether floating point errors become exceptions. }
function DivisionRaises: Boolean;
var
  Zero: Double;
begin
  Zero := 0;
  try
    Result := 1 / Zero < 0; // if it does not raise, it is infinite: False
  except
    on EZeroDivide do
      Result := True;
  end;
end;

procedure Expect(Condition: Boolean; const What: UTF8String);
begin
  if Condition then
    Exit;
  Print('error expected: ' + What);
  ExitCode := 1;
end;

procedure Check(Code: Integer);
var
  Detail: array [0..1023] of AnsiChar;
begin
  if Code = CGT_CALL_OK then
    Exit;
  cgt_terminal_last_error(Terminal, Detail, SizeOf(Detail), nil);
  raise Exception.Create('code ' + IntToStr(Code) + ' ' + string(UTF8Decode(FromLibrary(Detail))));
end;

{ The text of a field, or a dash. }
function Field(Outcome: PCgtOutcome; Number: Integer): UTF8String;
var
  Text: array [0..1023] of AnsiChar;
begin
  Result := '-';
  if cgt_outcome_get_text(Outcome, Number, Text, SizeOf(Text), nil) = CGT_CALL_OK then
    Result := FromLibrary(Text);
end;

function VerdictName(Verdict: Integer): UTF8String;
begin
  case Verdict of
    CGT_APPROVED: Result := 'APPROVED';
    CGT_DECLINED: Result := 'DECLINED';
    CGT_CANCELLED: Result := 'CANCELLED';
    CGT_NOT_STARTED: Result := 'NOT_STARTED';
  else
    Result := 'UNKNOWN';
  end;
end;

{ Callbacks run between CgtFpuEnter and CgtFpuLeave of the call, and this is Delphi code again. }

function OnStatus(User: Pointer; Phase: Integer; Text: PAnsiChar): Integer; cdecl;
var
  Inside: TCgtFpu;
begin
  CgtFpuEnter(Inside);
  CgtFpuLeave(DELPHI_FPU);
  try
    Expect(DivisionRaises, 'exceptions are on in a callback');
    Print('status ' + Utf8(IntToStr(Phase)) + ' ' + FromLibrary(Text));
  finally
    CgtFpuLeave(Inside);
  end;
  Result := 0;
end;

function OnRecovered(User: Pointer; Outcome: PCgtOutcome): Integer; cdecl;
var
  Inside: TCgtFpu;
  Verdict: Integer;
begin
  Inc(Recovered);
  cgt_outcome_verdict(Outcome, Verdict);
  CgtFpuEnter(Inside);
  CgtFpuLeave(DELPHI_FPU);
  try
    Print('recovered ' + Field(Outcome, CGT_F_SALE_ID) + ' ' + VerdictName(Verdict) + ' ' +
      Field(Outcome, CGT_F_AMOUNT_APPROVED));
  finally
    CgtFpuLeave(Inside);
  end;
  Result := 1;
end;

procedure OpenTerminal(Port: Integer; const Journal: string);
begin
  Check(cgt_terminal_new('127.0.0.1', Terminal));
  Check(cgt_terminal_set_port(Terminal, Port));
  Check(cgt_terminal_set_journal_dir(Terminal, PAnsiChar(Utf8(ExpandFileName(Journal)))));
  Check(cgt_terminal_allow_simulator(Terminal, 1));
  Check(cgt_terminal_on_status(Terminal, OnStatus, nil));
end;

procedure Pay(const Sale: string; Amount: Int64);
var
  Verdict: Integer;
  Outcome: PCgtOutcome;
begin
  Check(cgt_pay(Terminal, PAnsiChar(Utf8(Sale)), Amount, 'CZK', Verdict, @Outcome));
  Print('verdict ' + VerdictName(Verdict) + ' ' + Field(Outcome, CGT_F_AMOUNT_APPROVED));
  Print('advice ' + Field(Outcome, CGT_F_ADVICE_TEXT));
  Check(cgt_outcome_free(Outcome));
end;

procedure Recover;
begin
  Check(cgt_recover(Terminal, 30000, OnRecovered, nil));
  Print('recovered in all ' + Utf8(IntToStr(Recovered)));
end;

procedure Run;
var
  Fpu: TCgtFpu;
begin
  CgtLoad;
  Print('loaded ' + Utf8(string(CgtLoadedFile)));
  Expect(DivisionRaises, 'exceptions are on after loading');
  CgtFpuEnter(Fpu);
  try
    Expect(not DivisionRaises, 'exceptions are off inside');
    OpenTerminal(StrToInt(ParamStr(2)), ParamStr(3));
    if ParamStr(1) = 'pay' then
      Pay(ParamStr(4), StrToInt64(ParamStr(5)))
    else
      Recover;
    Check(cgt_terminal_free(Terminal));
  finally
    CgtFpuLeave(Fpu);
  end;
  Expect(DivisionRaises, 'exceptions are on afterwards');
end;

begin
  CgtFpuLeave(DELPHI_FPU);
  try
    Run;
  except
    on E: Exception do
    begin
      Print('error ' + Utf8(E.Message));
      ExitCode := 1;
    end;
  end;
end.
