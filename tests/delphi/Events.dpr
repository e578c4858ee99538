{ Events, floating point, the stack, texts and amounts: what is between a Delphi program and the library.

    Events PORT CONTROL JOURNAL     the amounts choose the endings; see the README of the simulator }
program Events;

{$I ComgateTerminal.inc}
{$IFDEF FPC}{$CODEPAGE UTF8}{$ENDIF}
{$APPTYPE CONSOLE}

uses
  {$IFDEF MSWINDOWS}Windows, Messages,{$ELSE}cwstring,{$ENDIF}
  SysUtils, ComgateTerminalApi, ComgateTerminalText, ComgateTerminalOutcome, ComgateTerminal, Simulator, Checks;

const
  SLOW = 100.31;

type
  TEvent = (evStatus, evCancel, evPayment, evRecovered);

  { One of its events raises. }
  TRaiser = class
  private
    FTerminal: TComgateTerminal;
    FRaiseIn: TEvent;
    FCalls: array [TEvent] of Integer;
    procedure Called(Event: TEvent);
    procedure Status(Sender: TObject; Phase: Integer; const Text: string);
    procedure CancelQuery(Sender: TObject; var Cancel: Boolean);
    procedure Payment(Sender: TObject; Event: Integer; const SaleId, TransactionId: string);
    procedure Recovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
    procedure PayAndRaise(Event: TEvent; const SaleId: string);
    procedure StepAndRaise;
    procedure RecoverAndRaise;
    procedure AsksForInfo(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
    procedure RecoverRaiseAndAsk;
  public
    constructor Create(RaiseIn: TEvent);
    destructor Destroy; override;
  end;

  { Pays in steps, in each call of a timer. }
  TTimed = class
  private
    FTerminal: TComgateTerminal;
    FOperation: TComgateOperation;
    FTicks: Integer;
    FDone: Boolean;
    procedure Tick;
    procedure Run;
  end;

  { Its events use the terminal in which they run. }
  TMeddler = class
  private
    FTerminal: TComgateTerminal;
    FCodes: array [0..2] of Integer;
    procedure Status(Sender: TObject; Phase: Integer; const Text: string);
  end;

function NewTerminal: TComgateTerminal;
begin
  Result := TComgateTerminal.Create('127.0.0.1');
  Result.SetPort(StrToInt(ParamStr(1)));
  Result.SetJournalDir(ExpandFileName(ParamStr(3)));
  Result.AllowSimulator(True);
end;

{ Exceptions in events }

constructor TRaiser.Create(RaiseIn: TEvent);
begin
  FRaiseIn := RaiseIn;
  FTerminal := NewTerminal;
  FTerminal.OnStatus := Status;
  FTerminal.OnCancelQuery := CancelQuery;
  FTerminal.OnPayment := Payment;
  FTerminal.OnRecovered := Recovered;
end;

destructor TRaiser.Destroy;
begin
  FTerminal.Free;
  inherited;
end;

procedure TRaiser.Called(Event: TEvent);
begin
  Inc(FCalls[Event]);
  Check(DivisionRaises, 'floating point errors are exceptions in an event');
  if Event = FRaiseIn then
    raise EConvertError.Create('pokladna nemá papír: žluť');
end;

procedure TRaiser.Status(Sender: TObject; Phase: Integer; const Text: string);
begin
  Check(Sender = FTerminal, 'the sender of an event is the terminal');
  Called(evStatus);
end;

procedure TRaiser.CancelQuery(Sender: TObject; var Cancel: Boolean);
begin
  Check(not Cancel, 'nothing is cancelled before');
  Called(evCancel);
end;

procedure TRaiser.Payment(Sender: TObject; Event: Integer; const SaleId, TransactionId: string);
begin
  Called(evPayment);
end;

procedure TRaiser.Recovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
begin
  Stored := True;
  Called(evRecovered);
end;

procedure CheckCause(Error: EComgateEventError; const What: string);
begin
  Check(Error.Cause is EConvertError, What + ': the cause is what was raised');
  Check(Pos('žluť', Exception(Error.Cause).Message) > 0, What + ': and has its message');
  Check(Pos('žluť', Error.Message) > 0, What + ': which is told');
  Check(DivisionRaises, What + ': floating point errors are exceptions afterwards');
end;

procedure TRaiser.PayAndRaise(Event: TEvent; const SaleId: string);
begin
  FRaiseIn := Event;
  try
    FTerminal.Pay(SaleId, SLOW);
    Check(False, SaleId + ': it is raised');
  except
    on E: EComgateEventError do
    begin
      CheckCause(E, SaleId);
      Check(E.Code = CGT_CALL_OK, SaleId + ': the call as such worked');
      Check((E.Outcome <> nil) and (E.Outcome.SaleId = SaleId), SaleId + ': the outcome comes with it');
      Check((E.Outcome <> nil) and (E.Outcome.Verdict in [cvCancelled, cvNotStarted]),
        SaleId + ': which was cancelled');
    end;
  end;
  Check(not FTerminal.IsBusy, SaleId + ': the terminal is free');
  Check(FTerminal.Info.Id = 'SIM00001', SaleId + ': and answers');
end;

procedure TRaiser.StepAndRaise;
var
  Operation: TComgateOperation;
begin
  FRaiseIn := evStatus;
  Operation := FTerminal.StartPayment('v krocích', SLOW);
  try
    repeat
    until Operation.Step(50);
    try
      Operation.Finish;
      Check(False, 'in steps: it is raised');
    except
      on E: EComgateEventError do
      begin
        CheckCause(E, 'in steps');
        Check((E.Outcome <> nil) and (E.Outcome.Verdict in [cvCancelled, cvNotStarted]), 'in steps: with its outcome');
      end;
    end;
  finally
    Operation.Free;
  end;
end;

procedure TRaiser.RecoverAndRaise;
var
  Undecided, Unacknowledged: Integer;
begin
  FRaiseIn := evPayment;
  FTerminal.OnStatus := nil;
  FTerminal.OnPayment := nil;
  FTerminal.OnCancelQuery := nil;
  FTerminal.Pay('obnova 1', 11);
  FTerminal.Pay('obnova 2', 12);
  FRaiseIn := evRecovered;
  try
    FTerminal.Recover;
    Check(False, 'recover: it is raised');
  except
    on E: EComgateEventError do
    begin
      CheckCause(E, 'recover');
      Check((E.Outcome <> nil) and (Copy(E.Outcome.SaleId, 1, 6) = 'obnova'), 'recover: with the outcome it was told');
    end;
  end;
  Check(FCalls[evRecovered] = 2, 'recover: the other sale is told all the same');
  FTerminal.UnresolvedCount(Undecided, Unacknowledged);
  Check(Unacknowledged = 2, 'recover: what raised is not acknowledged');
  FRaiseIn := evPayment;
  Check(FTerminal.Recover = 2, 'recover: both are told again');
  Check(FTerminal.Recover = 0, 'recover: and then acknowledged');
end;

{ Raises the first time, and afterwards uses the terminal. }
procedure TRaiser.AsksForInfo(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
begin
  Stored := True;
  if FRaiseIn = evRecovered then
  begin
    FRaiseIn := evPayment;
    raise EConvertError.Create('první: žluť');
  end;
  FTerminal.Info;
end;

procedure TRaiser.RecoverRaiseAndAsk;
begin
  FTerminal.Pay('obnova 3', 16);
  FTerminal.Pay('obnova 4', 17);
  FTerminal.OnRecovered := AsksForInfo;
  FRaiseIn := evRecovered;
  try
    FTerminal.Recover;
    Check(False, 'recover: what is raised outlives later calls in the event');
  except
    on E: EComgateEventError do
      CheckCause(E, 'recover with calls in the event');
  end;
  Check(FTerminal.Recover = 1, 'recover: what raised is told again');
end;

procedure RaiseInEach;
var
  Raiser: TRaiser;
begin
  Raiser := TRaiser.Create(evStatus);
  try
    Raiser.PayAndRaise(evStatus, 've stavu');
    Raiser.PayAndRaise(evCancel, 'v dotazu na storno');
    Raiser.PayAndRaise(evPayment, 'v události platby');
    Raiser.StepAndRaise;
    Raiser.RecoverAndRaise;
    Raiser.RecoverRaiseAndAsk;
  finally
    Raiser.Free;
  end;
end;

{ A timer }

var
  Timed: TTimed;

procedure TTimed.Tick;
begin
  // Where windows dispatch messages, a timer can come again while the last step is not over.
  if FDone then
    Exit;
  Inc(FTicks);
  FDone := FOperation.Step(0);
end;

{$IFDEF MSWINDOWS}

procedure TimerProcedure(Window: HWND; Message: UINT; Id: UINT_PTR; Time: DWORD); stdcall;
begin
  Timed.Tick;
end;

procedure TTimed.Run;
var
  Message: TMsg;
  Timer: UINT_PTR;
begin
  Timer := SetTimer(0, 0, 20, @TimerProcedure);
  while not FDone and GetMessage(Message, 0, 0, 0) do
    DispatchMessage(Message);
  KillTimer(0, Timer);
end;

{$ELSE}

procedure TTimed.Run;
begin
  while not FDone do
  begin
    Tick;
    Sleep(20);
  end;
end;

{$ENDIF}

procedure StepFromATimer;
var
  Outcome: IComgateOutcome;
begin
  Timed := TTimed.Create;
  Timed.FTerminal := NewTerminal;
  Timed.FOperation := Timed.FTerminal.StartPayment('z časovače', 13);
  try
    Timed.Run;
    Outcome := Timed.FOperation.Finish;
    Check(Outcome.Verdict = cvApproved, 'from a timer: approved');
    Check(Timed.FTicks > 2, 'from a timer: in several steps');
    Timed.FOperation.Free;
    Timed.FTerminal.Acknowledge(Outcome.SaleId);
  finally
    Timed.FTerminal.Free;
    Timed.Free;
  end;
end;

{ What is not allowed in an event }

procedure TMeddler.Status(Sender: TObject; Phase: Integer; const Text: string);
begin
  if Phase <> CGT_PHASE_WAITING then
    Exit;
  try
    FTerminal.Pay('uvnitř', 1);
  except
    on E: EComgateError do
      FCodes[0] := E.Code;
  end;
  try
    FTerminal.SetPort(1);
  except
    on E: EComgateError do
      FCodes[1] := E.Code;
  end;
  try
    FTerminal.Free;
  except
    on E: EComgateError do
      FCodes[2] := E.Code;
  end;
  FTerminal.Cancel;
end;

procedure MeddleInAnEvent;
var
  Meddler: TMeddler;
  I: Integer;
begin
  Meddler := TMeddler.Create;
  Meddler.FTerminal := NewTerminal;
  Meddler.FTerminal.OnStatus := Meddler.Status;
  try
    Check(Meddler.FTerminal.Pay('zvenku', SLOW).Verdict = cvCancelled, 'Cancel in an event cancels');
    for I := 0 to 2 do
      Check(Meddler.FCodes[I] = CGT_E_BUSY, Format('in an event, call %d is refused', [I]));
  finally
    Meddler.FTerminal.Free;
    Meddler.Free;
  end;
end;

{ Operations that are not finished }

procedure LetGo;
var
  Terminal: TComgateTerminal;
  Operation: TComgateOperation;
  I: Integer;
begin
  Terminal := NewTerminal;
  Operation := Terminal.StartPayment('opuštěný', SLOW);
  for I := 1 to 20 do
    Operation.Step(20);
  try
    Operation.Finish;
    Check(False, 'Finish before the end is refused');
  except
    on E: EComgateError do
      Check(E.Code = CGT_E_ORDER, 'Finish before the end is refused');
  end;
  try
    Terminal.Pay('další', 1);
    Check(False, 'a second operation is refused');
  except
    on E: EComgateError do
      Check(E.Code = CGT_E_BUSY, 'a second operation is refused');
  end;
  Operation.Free;
  Check(not Terminal.IsBusy, 'freed before its end, an operation lets go');
  Check(Terminal.Query('opuštěný').Verdict = cvCancelled, 'and is cancelled');
  Operation := Terminal.StartPayment('opuštěný i s terminálem', SLOW);
  Operation.Step(20);
  Terminal.Free;
  try
    Operation.Step(0);
    Check(False, 'a step after the terminal was freed is refused');
  except
    on E: EComgateError do
      Check(E.Code = CGT_E_HANDLE, 'a step after the terminal was freed is refused');
  end;
  Operation.Free;
end;

{ The stack: 32-bit Delphi aligns it to 4 bytes, where other compilers like 16 }

{$IFNDEF CPUX64}

procedure PayOnAnyStack;
var
  Raiser: TRaiser;
  Outcome: IComgateOutcome;
begin
  Raiser := TRaiser.Create(evRecovered);
  try
    Outcome := Raiser.FTerminal.Pay('zásobník', 14);
    Check(Outcome.Verdict = cvApproved, 'on a stack of any alignment: approved');
    Check(Raiser.FCalls[evStatus] + Raiser.FCalls[evCancel] + Raiser.FCalls[evPayment] > 3, 'with its events');
    Raiser.FTerminal.Acknowledge('zásobník');
    Raiser.FTerminal.Reverse(Format('storno zásobníku %d', [Random(MaxInt)]), 'zásobník');
  finally
    Raiser.Free;
  end;
end;

procedure Shifted(Bytes: Integer; Call: Pointer);
asm
  push    ebp
  mov     ebp, esp
  and     esp, -16
  sub     esp, eax
  call    edx
  mov     esp, ebp
  pop     ebp
end;

procedure AnyStack;
var
  Shift: Integer;
begin
  for Shift := 0 to 3 do
    Shifted(Shift * 4, @PayOnAnyStack);
end;

{$ELSE}

procedure AnyStack;
begin
  // 64-bit compilers agree on the alignment of the stack.
end;

{$ENDIF}

{ Loading }

procedure LoadTwice;
var
  First: TCgtPath;
begin
  CgtLoad;
  First := CgtLoadedFile;
  Check(DivisionRaises, 'floating point errors are exceptions after loading');
  Check(ExtractFilePath(string(First)) = ExtractFilePath(ParamStr(0)), 'it is loaded from beside the program');
  CgtLoad;
  CgtLoad(ExtractFilePath(ParamStr(0)));
  Check(CgtLoadedFile = First, 'loading again changes nothing');
  try
    CgtLoad('relative');
    Check(False, 'a relative path is refused');
  except
    on ECgtLoad do
      Check(True, 'a relative path is refused');
  end;
  Check(cgt_abi_version = CGT_ABI_NEEDED, 'the version of the ABI');
end;

{ Texts and amounts }

procedure AmountsAreExact;
var
  Minor: Int64;
begin
  Check(CgtToMinor(125.50, Minor) and (Minor = 12550), '125.50');
  Check(CgtToMinor(0.01, Minor) and (Minor = 1), '0.01');
  Check(CgtToMinor(9999999999.99, Minor) and (Minor = 999999999999), 'the largest amount');
  Check(CgtToMinor(-1.10, Minor) and (Minor = -110), '-1.10');
  Check(not CgtToMinor(0.001, Minor), '0.001 has a remainder');
  Check(not CgtToMinor(1.0099, Minor), '1.0099 has a remainder');
  Check(not CgtToMinor(-0.0001, Minor), '-0.0001 has a remainder');
  Check(CgtToCurrency(12550) = 125.50, '12550');
  Check(CgtToCurrency(999999999999) = 9999999999.99, '999999999999');
end;

procedure TextsArriveWhole;
const
  CZECH = 'ěščřžýáíé ĚŠČŘŽÝÁÍÉ ďťňúů ĎŤŇÚŮ – „příliš žluťoučký kůň“';
var
  Utf8: UTF8String;
begin
  Utf8 := CgtToUtf8(CZECH);
  Check((Ord(Utf8[1]) = $C4) and (Ord(Utf8[2]) = $9B) and (Ord(Utf8[3]) = $C5), 'Czech letters become UTF-8');
  Check(CgtFromUtf8(Utf8) = CZECH, 'and come back');
  Check(CgtFromUtf8('') = '', 'so does an empty text');
  Check(CgtToUtf8('') = '', 'both ways');
end;

procedure ReceiptsArePrinted;
var
  Terminal: TComgateTerminal;
  Outcome: IComgateOutcome;
  Slip: string;
  Bytes: TCgtBytes;
begin
  Terminal := NewTerminal;
  try
    Outcome := Terminal.Pay('účtenka', 15);
    Slip := Outcome.Receipt(CGT_COPY_CUSTOMER, 32);
    Check(Pos('NEPLATNÉ', Slip) > 0, 'the slip of a simulator says that it is not valid');
    Check(Pos('15,00', Slip) > 0, 'and has the amount');
    Bytes := Outcome.ReceiptBytes(CGT_COPY_CUSTOMER, 32, CGT_ENCODING_CP852);
    Check(Pos(#$90, PAnsiChar(Bytes)) > 0, 'É is $90 in code page 852');
    Check(ComgateReceipt(Outcome.Json, CGT_COPY_CUSTOMER, 32, CGT_ENCODING_CP852, False) = Bytes,
      'a stored outcome prints the same');
    Check(ComgateReceiptUtf8(Outcome.JsonUtf8, CGT_COPY_CUSTOMER, 32, CGT_ENCODING_CP852, False) = Bytes,
      'also as the library wrote it');
    Check(CgtFromUtf8(Outcome.JsonUtf8) = Outcome.Json, 'of which the string is made');
    try
      Outcome.Receipt(CGT_COPY_CUSTOMER, 5);
      Check(False, 'a line of 5 characters is refused');
    except
      on E: EComgateError do
        Check((E.Code = CGT_E_RANGE) and (Pos('width', E.Message) > 0), 'a line of 5 characters is refused');
    end;
    Check(Outcome.Has(CGT_F_SALE_ID) and not Outcome.Has(CGT_F_NOTE), 'what is absent is absent');
    Check(not Outcome.Has(COMGATE_LAST_FIELD), 'a field that only a newer library may have');
    try
      Outcome.Has(0);
      Check(False, 'a field that cannot be is refused');
    except
      on E: EComgateError do
        Check(E.Code = CGT_E_FIELD, 'a field that cannot be is refused');
    end;
    Terminal.Acknowledge('účtenka');
    try
      Terminal.Exchange('printText', '{"text": "žluť"}');
      Check(False, 'a function that this terminal does not have');
    except
      on E: EComgateError do
        Check(E.Code = CGT_E_NOT_SUPPORTED, 'a function that this terminal does not have');
    end;
    Check(Terminal.GetText(CGT_T_REPLY) <> '', 'and what it said about that');
    Check(Pos('paya', Terminal.Info.Versions) > 0, 'the versions of a terminal');
  finally
    Terminal.Free;
  end;
  Check(Outcome.SaleId = 'účtenka', 'an outcome outlives its terminal');
end;

{ The log }

var
  LogLines, LogLevels: Integer;
  LogRaises: Boolean;

procedure TakeLine(Level: Integer; const Text: string);
begin
  Check(DivisionRaises, 'floating point errors are exceptions in the log');
  Inc(LogLines, Ord(Text <> ''));
  LogLevels := LogLevels or (1 shl Level);
  if LogRaises then
    raise EConvertError.Create('disk je plný');
end;

procedure TellTheLog;
var
  Terminal: TComgateTerminal;
  Told: Integer;
begin
  Terminal := NewTerminal;
  try
    ComgateLog(TakeLine, 3);
    Terminal.Info;
    Check((LogLines > 0) and (LogLevels and (1 shl 3) <> 0), 'the log has the exchanges with the terminal');
    LogRaises := True;
    Check(Terminal.Info.Id = 'SIM00001', 'a log that raises stops nothing');
    try
      ComgateLog(TakeLine, 7);
      Check(False, 'a level that is none is refused');
    except
      on E: EComgateError do
        Check(E.Code = CGT_E_RANGE, 'a level that is none is refused');
    end;
    ComgateLog(nil);
    Told := LogLines;
    Terminal.Info;
    Check(LogLines = Told, 'turned off it tells nothing');
  finally
    Terminal.Free;
  end;
end;

begin
  BeLikeDelphi;
  ControlPort := StrToInt(ParamStr(2));
  Check(DivisionRaises, 'floating point errors are exceptions before loading');
  try
    LoadTwice;
    AmountsAreExact;
    TextsArriveWhole;
    RaiseInEach;
    MeddleInAnEvent;
    StepFromATimer;
    LetGo;
    AnyStack;
    ReceiptsArePrinted;
    TellTheLog;
    Check(DivisionRaises, 'floating point errors are exceptions at the end');
  except
    on E: Exception do
      Check(False, 'BROKEN: ' + E.ClassName + ': ' + E.Message);
  end;
  Finish;
end.
