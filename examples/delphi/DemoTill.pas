{ What the examples share: the terminal of the command line, and saying what happens. A till has windows and a database
  in place of this unit. }
unit DemoTill;

interface

uses
  SysUtils, ComgateTerminalOutcome, ComgateTerminal;

const
  EXIT_DONE = 0;
  EXIT_NOT_PAID = 1;
  EXIT_ERROR = 2;
  EXIT_UNKNOWN = 3;

{ The terminal of the first arguments, HOST PORT JOURNAL. With --simulator at the end it may be the terminal in
  software. }
function OpenTerminal: TComgateTerminal;

{ The next argument after those, 1 being the first; raises an exception where it is missing. }
function Argument(Number: Integer; const Name: string): string;

{ The same as an amount, such as 125.50. }
function AmountArgument(Number: Integer): Currency;

procedure Say(const Line: string);

{ Says what became of an operation and gives the exit code for it. }
function Tell(const Outcome: IComgateOutcome): Integer;

{ The same of an error, which has no outcome. }
function TellError(Error: Exception): Integer;

implementation

uses
  {$IFDEF MSWINDOWS}Windows,{$ENDIF} ComgateTerminalApi, ComgateTerminalText;

function Argument(Number: Integer; const Name: string): string;
const
  OF_THE_TERMINAL = 3;
begin
  Result := ParamStr(OF_THE_TERMINAL + Number);
  if (Result = '') or (Copy(Result, 1, 2) = '--') then
    raise Exception.Create('an argument is missing: ' + Name);
end;

{ By hand, because the decimal separator of this computer may be another one. }
function AmountArgument(Number: Integer): Currency;
const
  DECIMALS = 2;
var
  Text, Digits: string;
  Minor: Int64;
begin
  Text := Argument(Number, 'AMOUNT');
  Digits := StringReplace(Text, '.', '', []);
  if (Copy(Text, Length(Text) - DECIMALS, 1) <> '.') or not TryStrToInt64(Digits, Minor) then
    raise Exception.Create('AMOUNT: ' + Text + ' is none; 125.50 is one');
  Result := CgtToCurrency(Minor);
end;

function OpenTerminal: TComgateTerminal;
begin
  if ParamStr(3) = '' then
    raise Exception.Create('the arguments begin with HOST PORT JOURNAL; the journal is a folder that exists');
  Result := TComgateTerminal.Create(ParamStr(1));
  try
    Result.SetPort(StrToInt(ParamStr(2)));
    Result.SetJournalDir(ExpandFileName(ParamStr(3)));
    Result.AllowSimulator(ParamStr(ParamCount) = '--simulator');
  except
    Result.Free;
    raise;
  end;
end;

{ UTF-8, also on the console of Windows. }
procedure Say(const Line: string);
var
  Bytes: UTF8String;
begin
  Bytes := CgtToUtf8(Line) + #10;
  FileWrite({$IFDEF MSWINDOWS}GetStdHandle(STD_OUTPUT_HANDLE){$ELSE}StdOutputHandle{$ENDIF}, PAnsiChar(Bytes)^,
    Length(Bytes));
end;

function Tell(const Outcome: IComgateOutcome): Integer;
begin
  Result := EXIT_NOT_PAID;
  case Outcome.Verdict of
    cvApproved:
      begin
        Say('APPROVED ' + Outcome.SaleId);
        Say(Outcome.Receipt(CGT_COPY_CUSTOMER, 40));
        Result := EXIT_DONE;
      end;
    cvUnknown:
      begin
        Say('UNKNOWN ' + Outcome.SaleId + ': ' + Outcome.ReasonText);
        Result := EXIT_UNKNOWN;
      end;
    cvDeclined: Say('DECLINED ' + Outcome.SaleId + ': ' + Outcome.ResponseMessage);
    cvCancelled: Say('CANCELLED ' + Outcome.SaleId);
    cvNotStarted: Say('NOT STARTED ' + Outcome.SaleId + ': ' + Outcome.ReasonText);
  end;
  Say(Outcome.AdviceText);
end;

function TellError(Error: Exception): Integer;
const
  // The codes 9xx.
  SOMETHING_WENT_WRONG_INSIDE = 9;
begin
  Say('error: ' + Error.Message);
  Result := EXIT_ERROR;
  if not (Error is EComgateError) then
    Exit;
  // For the technician, and for the cashier.
  Say(EComgateError(Error).Advice);
  Say(EComgateError(Error).AdviceText);
  // Nothing of this sale was sent; only here nobody knows, and Recover finds it out.
  if EComgateError(Error).Band = SOMETHING_WENT_WRONG_INSIDE then
    Result := EXIT_UNKNOWN;
end;

initialization
  {$IFDEF MSWINDOWS}
  SetConsoleOutputCP(CP_UTF8);
  {$ENDIF}

end.
