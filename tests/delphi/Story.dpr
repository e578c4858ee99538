{ A day in the life of a till, told on the terminal in software. It prints what every compiler has to print alike:
  story.txt beside it.

    Story day PORT CONTROL JOURNAL        every ending, every kind of operation, every band of errors
    Story night PORT CONTROL JOURNAL      the till dies in the middle of a sale
    Story morning PORT CONTROL JOURNAL    and finds out what became of it }
program Story;

{$I ComgateTerminal.inc}
{$IFDEF FPC}{$CODEPAGE UTF8}{$ENDIF}
{$APPTYPE CONSOLE}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF}
  SysUtils, ComgateTerminalApi, ComgateTerminalOutcome, ComgateTerminal, Simulator, Transcript;

const
  NIGHT_SALE = 'noční účet';

type
  TTill = class
  private
    FTerminal: TComgateTerminal;
    FEvents: string;
    FSaw: string;
    FCancelWhenWaiting, FTapWhenCancelling, FDieWhenWaiting: Boolean;
    FWaiting: Boolean;
    procedure Status(Sender: TObject; Phase: Integer; const Text: string);
    procedure CancelQuery(Sender: TObject; var Cancel: Boolean);
    procedure Payment(Sender: TObject; Event: Integer; const SaleId, TransactionId: string);
    procedure Recovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
    function Pay(const SaleId: string; Amount: Currency): IComgateOutcome;
    procedure PayAgain(const SaleId: string; Amount: Currency);
    procedure TellCount;
    procedure Approved;
    procedure Declined;
    procedure CancelledInTime;
    procedure CancelledTooLate;
    procedure CancelRefused;
    procedure CancelledAtTerminal;
    procedure Tip;
    procedure Unknown;
    procedure Signature;
    procedure Refunds;
    procedure Reversals;
    procedure ReversalOfTheLast;
    procedure NotTold;
    procedure Steps;
    procedure Closing;
    procedure Preauths;
    procedure Moto;
    procedure InPart;
    procedure TipInTheSum;
    procedure OfAnotherTill;
    procedure Companies;
    procedure FixTheCall;
    procedure TryAgain;
    procedure Refused;
  public
    constructor Create;
    destructor Destroy; override;
    procedure Day;
    procedure Night;
    procedure Morning;
  end;

{ Telling }

function VerdictName(Verdict: TComgateVerdict): string;
begin
  case Verdict of
    cvApproved: Result := 'APPROVED';
    cvDeclined: Result := 'DECLINED';
    cvCancelled: Result := 'CANCELLED';
    cvNotStarted: Result := 'NOT STARTED';
  else
    Result := 'UNKNOWN';
  end;
end;

{ With a point, whatever the country. }
function Money(Amount: Currency): string;
begin
  Result := Format('%d.%2.2d', [Trunc(Amount), Trunc(Amount * 100) mod 100]);
end;

procedure TellIf(Condition: Boolean; const What: string);
begin
  if Condition then
    Say('  ' + What);
end;

{ What the terminal says of this outcome's transaction when it is asked without the library. }
function Own(const Outcome: IComgateOutcome; const Field: UTF8String): UTF8String;
begin
  Result := ResultText(StrToInt(ParamStr(2)), UTF8String(Outcome.TransactionId), Field);
end;

{ The number that a reversal after a rejected signature gives itself is another one each time. }
function Known(const Id: string): string;
const
  OWN = 'signature-';
begin
  Result := Id;
  if Copy(Id, 1, Length(OWN)) = OWN then
    Result := OWN + '...';
end;

{ A port is another one in each run. }
function WithoutPorts(const Text: string): string;
const
  HOST = '127.0.0.1:';
var
  Place, Last: Integer;
begin
  Result := Text;
  Place := Pos(HOST, Result);
  if Place = 0 then
    Exit;
  Place := Place + Length(HOST);
  Last := Place;
  while (Last <= Length(Result)) and (Result[Last] >= '0') and (Result[Last] <= '9') do
    Inc(Last);
  Result := Copy(Result, 1, Place - 1) + 'PORT' + Copy(Result, Last, MaxInt);
end;

{ A day and a time is another one in each run: 29.11.2026 10:41. }
function WithoutDates(const Text: string): string;
const
  PARTS = '0123456789.: ';
var
  Year, First, Last: Integer;
begin
  Result := Text;
  Year := Pos('.20', Result);
  if Year = 0 then
    Exit;
  First := Year;
  while (First > 1) and (Pos(Result[First - 1], PARTS) > 0) do
    Dec(First);
  Last := Pos(':', Copy(Result, Year, MaxInt)) + Year + 1;
  Result := Copy(Result, 1, First - 1) + ' WHEN' + Copy(Result, Last + 1, MaxInt);
end;

{ Each sale has a card of its own: its digits are as many as there should be, and are those that the terminal says. }
procedure TellCard(const Outcome: IComgateOutcome);
var
  Shape: string;
  At: Integer;
begin
  Shape := Outcome.Pan;
  for At := 1 to Length(Shape) do
    if (Shape[At] >= '0') and (Shape[At] <= '9') then
      Shape[At] := '0';
  Say('  card ' + Shape + ' of ' + Outcome.Issuer);
  TellIf(UTF8String(Outcome.Pan) <> Own(Outcome, 'pan'), 'NOT THE CARD THAT THE TERMINAL SAYS');
  TellIf(UTF8String(Outcome.AuthCode) <> Own(Outcome, 'authCode'), 'NOT THE CODE THAT THE TERMINAL SAYS');
end;

procedure Tell(const Outcome: IComgateOutcome);
begin
  Say('  ' + VerdictName(Outcome.Verdict) + ': ' + Known(Outcome.SaleId));
  Say('  ' + WithoutPorts(Outcome.AdviceText));
  TellIf(Outcome.Has(CGT_F_AMOUNT_APPROVED), 'approved ' + Money(Outcome.AmountApproved) + ' ' + Outcome.CurrencyCode);
  TellIf(Outcome.Partial, 'a part of ' + Money(Outcome.AmountRequested));
  TellIf(Outcome.ChargedCurrencyCode <> '', 'charged in ' + Outcome.ChargedCurrencyCode);
  TellIf(Outcome.Tip <> 0, 'with a tip of ' + Money(Outcome.Tip));
  if Outcome.Pan <> '' then
    TellCard(Outcome);
  TellIf(Outcome.Reason <> 0, 'reason ' + IntToStr(Outcome.Reason));
  TellIf(Outcome.ResponseCode <> '', 'response ' + Outcome.ResponseCode);
  TellIf(Outcome.Note <> '', 'note: ' + Outcome.Note);
  TellIf(Outcome.SignatureRequired, 'a signature is required');
  TellIf(Outcome.CancelAsked, 'a cancel was asked for');
  TellIf(Outcome.Adopted, 'adopted: nothing was sent');
  TellIf(Outcome.Recovered, 'recovered');
  TellIf(Outcome.Resolved, 'a person decided');
  TellIf(not Outcome.Simulated and (Outcome.Reason = 0) and not Outcome.Resolved, 'NOT SIMULATED');
end;

procedure TellError(E: EComgateError);
begin
  Say(Format('  error %d of band %d', [E.Code, E.Band]));
  Say('  ' + WithoutDates(WithoutPorts(E.AdviceText)));
  TellIf((E.Code = CGT_E_AMOUNT) or (E.Code = CGT_E_JOURNAL), E.Advice);
  TellIf(Pos('cgt_', E.Message + E.Advice) > 0, 'IN THE WORDS OF C');
  TellIf(E.Advice = '', 'WITHOUT ADVICE');
  TellIf(Pos(IntToStr(E.Code), E.Message) = 0, 'WITHOUT ITS CODE');
end;

{ The till }

constructor TTill.Create;
begin
  ControlPort := StrToInt(ParamStr(3));
  FTerminal := TComgateTerminal.Create('127.0.0.1');
  FTerminal.SetPort(StrToInt(ParamStr(2)));
  FTerminal.SetJournalDir(ExpandFileName(ParamStr(4)));
  FTerminal.AllowSimulator(True);
  FTerminal.SetCashier('Žofie Černá');
  FTerminal.OnStatus := Status;
  FTerminal.OnCancelQuery := CancelQuery;
  FTerminal.OnPayment := Payment;
  FTerminal.OnRecovered := Recovered;
end;

destructor TTill.Destroy;
begin
  FTerminal.Free;
  inherited;
end;

procedure TTill.Status(Sender: TObject; Phase: Integer; const Text: string);
begin
  if Pos(Text + ';', FSaw) = 0 then
    FSaw := FSaw + Text + ';';
  if Phase = CGT_PHASE_WAITING then
    FWaiting := True;
  if FWaiting and FDieWhenWaiting then
    Die;
  if (Phase = CGT_PHASE_CANCELLING) and FTapWhenCancelling then
  begin
    FTapWhenCancelling := False;
    Tap;
  end;
end;

procedure TTill.CancelQuery(Sender: TObject; var Cancel: Boolean);
begin
  Cancel := FWaiting and FCancelWhenWaiting;
end;

procedure TTill.Payment(Sender: TObject; Event: Integer; const SaleId, TransactionId: string);
const
  NAMES: array [CGT_EVENT_INTENT_STORED..CGT_EVENT_ENDED] of string = ('stored', 'started', 'confirmed', 'ended');
begin
  FEvents := FEvents + ' ' + NAMES[Event];
  if (SaleId = '') or (TransactionId = '') then
    FEvents := FEvents + ' OF NOTHING';
end;

procedure TTill.Recovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
begin
  Tell(Outcome);
  Stored := True;
end;

function TTill.Pay(const SaleId: string; Amount: Currency): IComgateOutcome;
begin
  FEvents := '';
  FSaw := '';
  FWaiting := False;
  Result := FTerminal.Pay(SaleId, Amount);
  Tell(Result);
  if Result.SaleId <> SaleId then
    Say('  NOT THE SALE THAT WAS ASKED FOR');
end;

procedure TTill.PayAgain(const SaleId: string; Amount: Currency);
begin
  try
    Pay(SaleId, Amount);
  except
    on E: EComgateError do
      TellError(E);
  end;
end;

procedure TTill.TellCount;
var
  Undecided, Unacknowledged: Integer;
begin
  FTerminal.UnresolvedCount(Undecided, Unacknowledged);
  Say(Format('  %d undecided, %d not acknowledged', [Undecided, Unacknowledged]));
end;

procedure TTill.Approved;
const
  SALE = 'účet č. 1 ěščřžýáíé ĚŠČŘŽÝÁÍÉ ďťňúů';
begin
  Say('approved');
  Pay(SALE, 125.50);
  Say('  events' + FEvents);
  Say('adopted: paid again before it is acknowledged');
  PayAgain(SALE, 125.50);
  TellCount;
  Say('used: paid again after that');
  FTerminal.Acknowledge(SALE);
  PayAgain(SALE, 125.50);
  Say('used with another amount');
  PayAgain(SALE, 125);
  Say(Format('  charged %d times', [Charges(12550)]));
  TellCount;
end;

procedure TTill.Declined;
var
  Outcome: IComgateOutcome;
begin
  Say('declined');
  Outcome := Pay('účet 2', 125.01);
  Say('  ' + Outcome.ResponseMessage);
  Say('  events' + FEvents);
  Say('and paid with another card');
  Pay('účet 2', 125);
  FTerminal.Acknowledge('účet 2');
end;

procedure TTill.CancelledInTime;
begin
  Say('cancelled in time');
  FCancelWhenWaiting := True;
  Pay('účet 3', 100.31);
  TellIf(Pos('Přiložte nebo vložte kartu;', FSaw) > 0, 'the cashier saw: Přiložte nebo vložte kartu');
  FCancelWhenWaiting := False;
  Say(Format('  charged %d times', [Charges(10031)]));
end;

procedure TTill.CancelledTooLate;
begin
  Say('cancelled too late, on a terminal that says nothing to it and speaks Czech');
  Personality('cancel_too_late', 'true');
  Personality('cancel_reply', '"bare"');
  Personality('status_language', '"czech"');
  FCancelWhenWaiting := True;
  FTapWhenCancelling := True;
  Pay('účet 4', 200.31);
  TellIf(Pos('Přiložte kartu;', FSaw) > 0, 'the cashier saw: Přiložte kartu');
  FCancelWhenWaiting := False;
  Personality('cancel_too_late', 'false');
  Personality('cancel_reply', '"message"');
  Personality('status_language', '"codes"');
  FTerminal.Acknowledge('účet 4');
end;

procedure TTill.CancelRefused;
var
  Operation: TComgateOperation;
  Before: Integer;
  Tapped: Boolean;
begin
  Say('cancelled too late, and the terminal refuses it: nothing was asked for');
  Personality('cancel_too_late', 'true');
  Before := Requests('cancel');
  Tapped := False;
  FWaiting := False;
  Operation := FTerminal.StartPayment('účet 13', 210.31);
  try
    while not Operation.Step(20) do
      if not Tapped and (Requests('cancel') > Before) then
      begin
        Tapped := True;
        Tap;
      end
      else if FWaiting then
        FTerminal.Cancel;
    Tell(Operation.Finish);
  finally
    Operation.Free;
  end;
  TellIf(not Tapped, 'NO CANCEL HAS REACHED THE TERMINAL');
  Personality('cancel_too_late', 'false');
  FTerminal.Acknowledge('účet 13');
end;

procedure TTill.CancelledAtTerminal;
begin
  Say('cancelled by the customer, on a terminal that says so');
  Personality('code_names', '"common"');
  Pay('účet 14', 100.03);
  Personality('code_names', '"document"');
end;

procedure TTill.Tip;
begin
  Say('with a tip');
  Pay('účet 5', 100.06);
  FTerminal.Acknowledge('účet 5');
end;

procedure TTill.Unknown;
begin
  Say('unknown: the terminal approved another amount');
  Pay('účet 6', 125.10);
  TellCount;
  Say('acknowledged');
  try
    FTerminal.Acknowledge('účet 6');
  except
    on E: EComgateError do
      TellError(E);
  end;
  Say('asked about');
  Tell(FTerminal.Query('účet 6'));
  Say('decided by a person');
  FTerminal.Resolve('účet 6', False, 'Žofie Černá: terminál hlásí jinou částku, vráceno hotově');
  Tell(FTerminal.Find('účet 6'));
  TellIf(FTerminal.Find('účet, který není') = nil, 'and nothing is known of a sale that never was');
  TellCount;
end;

procedure TTill.Signature;
begin
  Say('signature accepted');
  Pay('účet 7', 100.04);
  Tell(FTerminal.SignatureResult('účet 7', True));
  FTerminal.Acknowledge('účet 7');
  Say('signature rejected');
  Pay('účet 8', 300.04);
  Tell(FTerminal.SignatureResult('účet 8', False));
  TellCount;
end;

procedure TTill.Refunds;
begin
  Say('refund of a part of a sale');
  Pay('účet 9', 400);
  FTerminal.Acknowledge('účet 9');
  Tell(FTerminal.Refund('vratka 1', 150, 'CZK', 'účet 9'));
  FTerminal.Acknowledge('vratka 1');
  Say('refund of more than is left of it');
  try
    Tell(FTerminal.Refund('vratka 2', 300, 'CZK', 'účet 9'));
  except
    on E: EComgateError do
      TellError(E);
  end;
  Say('refund without a sale');
  Tell(FTerminal.Refund('vratka 3', 50));
  FTerminal.Acknowledge('vratka 3');
end;

procedure TTill.Reversals;
begin
  Say('reversal');
  Pay('účet 10', 500);
  FTerminal.Acknowledge('účet 10');
  Tell(FTerminal.Reverse('storno 1', 'účet 10'));
  FTerminal.Acknowledge('storno 1');
  Say('reversal of what is reversed');
  try
    Tell(FTerminal.Reverse('storno 2', 'účet 10'));
  except
    on E: EComgateError do
      TellError(E);
  end;
  Say('reversal of what never was');
  try
    Tell(FTerminal.Reverse('storno 3', 'účet, který není'));
  except
    on E: EComgateError do
      TellError(E);
  end;
end;

{ A terminal takes back its last payment only: of any other it does not find the original. }
procedure TTill.ReversalOfTheLast;
begin
  Say('reversal of a sale after which there was another');
  Pay('účet 15', 510);
  FTerminal.Acknowledge('účet 15');
  Pay('účet 16', 520);
  FTerminal.Acknowledge('účet 16');
  Tell(FTerminal.Reverse('storno 4', 'účet 15'));
  Say('reversal of the last one');
  FSaw := '';
  Tell(FTerminal.Reverse('storno 5', 'účet 16'));
  TellIf(Pos('Potvrďte storno na terminálu (ANO);', FSaw) > 0, 'the cashier saw: Potvrďte storno na terminálu (ANO)');
  FTerminal.Acknowledge('storno 5');
end;

{ A till that was started again and replays its queue. }
procedure TTill.NotTold;
var
  Paid: IComgateOutcome;
  Restarted: TComgateTerminal;
begin
  Say('acknowledged by number, and not told since the start');
  Paid := Pay('účet 17', 530);
  Restarted := TComgateTerminal.Create('127.0.0.1');
  try
    Restarted.SetPort(StrToInt(ParamStr(2)));
    Restarted.SetJournalDir(ExpandFileName(ParamStr(4)));
    try
      Restarted.Acknowledge('účet 17');
    except
      on E: EComgateError do
        TellError(E);
    end;
    TellCount;
    Say('acknowledged by its transaction');
    Restarted.AcknowledgeTransaction(Paid.TransactionId);
    TellCount;
  finally
    Restarted.Free;
  end;
end;

procedure TTill.Steps;
var
  Operation: TComgateOperation;
begin
  Say('in steps');
  Operation := FTerminal.StartPayment('účet 11', 600);
  try
    TellIf(FTerminal.IsBusy, 'the terminal is busy');
    repeat
    until Operation.Step(20);
    Tell(Operation.Finish);
  finally
    Operation.Free;
  end;
  TellIf(not FTerminal.IsBusy, 'the terminal is free');
  FTerminal.Acknowledge('účet 11');
end;

procedure TTill.Closing;
var
  Outcome: IComgateOutcome;
begin
  Say('closing');
  Outcome := FTerminal.Closing('uzávěrka 1');
  Tell(Outcome);
  Say(Format('  %d debits of %s', [Outcome.GetInteger(CGT_F_DEBITS_COUNT),
    Money(Outcome.GetAmount(CGT_F_DEBITS_AMOUNT))]));
  Say(Format('  %d credits of %s', [Outcome.GetInteger(CGT_F_CREDITS_COUNT),
    Money(Outcome.GetAmount(CGT_F_CREDITS_AMOUNT))]));
  FTerminal.Acknowledge('uzávěrka 1');
  TellCount;
end;

{ What is reserved is not paid; it is taken or let go, once. }
procedure TTill.Preauths;
begin
  Say('pre-authorization');
  Tell(FTerminal.Preauth('pokoj 7', 5000));
  FTerminal.Acknowledge('pokoj 7');
  Say('completion of more than is reserved');
  try
    Tell(FTerminal.PreauthComplete('odjezd 7', 'pokoj 7', 5000.01));
  except
    on E: EComgateError do
      TellError(E);
  end;
  Say('reversal of a pre-authorization');
  try
    Tell(FTerminal.Reverse('storno 7', 'pokoj 7'));
  except
    on E: EComgateError do
      TellError(E);
  end;
  Say('completion of less than is reserved');
  Tell(FTerminal.PreauthComplete('odjezd 7', 'pokoj 7', 4200));
  FTerminal.Acknowledge('odjezd 7');
  Say('cancel of what is completed');
  try
    Tell(FTerminal.PreauthCancel('zrušení 7', 'pokoj 7'));
  except
    on E: EComgateError do
      TellError(E);
  end;
  Say('cancel of a pre-authorization');
  Tell(FTerminal.Preauth('pokoj 8', 6000));
  FTerminal.Acknowledge('pokoj 8');
  Tell(FTerminal.PreauthCancel('zrušení 8', 'pokoj 8'));
  FTerminal.Acknowledge('zrušení 8');
  Tell(FTerminal.Find('pokoj 8'));
  Say(Format('  charged %d times', [Charges(420000)]));
end;

procedure TTill.Moto;
begin
  Say('payment by phone');
  Tell(FTerminal.Moto('objednávka 1', 990));
  FTerminal.Acknowledge('objednávka 1');
  TellCount;
end;

{ Half of each sale is approved. }
procedure TTill.InPart;
begin
  Say('less than was asked for, and nobody accepts that');
  Personality('approves', '"part"');
  Pay('účet 18', 610);
  FTerminal.Resolve('účet 18', True, 'Žofie Černá: polovina je v historii terminálu');
  Say('decided by a person: it is not handed over for');
  Tell(FTerminal.Find('účet 18'));
  FTerminal.Acknowledge('účet 18');
  Say('less than was asked for, accepted');
  FTerminal.AcceptPartial(True);
  Pay('účet 19', 620);
  FTerminal.Acknowledge('účet 19');
  FTerminal.AcceptPartial(False);
  Say('another currency');
  Personality('approves', '"other-currency"');
  Pay('účet 20', 630);
  Say('taken back by what was charged');
  Tell(FTerminal.Reverse('storno 20', 'účet 20'));
  FTerminal.Acknowledge('storno 20');
  Personality('approves', '"all"');
end;

{ A tenth is added on the terminal, and the result names the sum alone. }
procedure TTill.TipInTheSum;
begin
  Say('a tip that only shows in the sum');
  Personality('tip', '"sum-alone"');
  FTerminal.SetTipLimit(10);
  Pay('účet 21', 640);
  FTerminal.Acknowledge('účet 21');
  FTerminal.SetTipLimit(0);
  Personality('tip', '"not"');
end;

procedure TTill.Companies;
var
  Found: TComgateStrings;
  I: Integer;
begin
  Say('the companies that share the terminal');
  Say(Format('  %d, before there are several', [Length(FTerminal.DaughterCompanies)]));
  Personality('several_merchants', 'true');
  Found := FTerminal.DaughterCompanies;
  for I := 0 to High(Found) do
    Say('  ' + Found[I]);
  FTerminal.SetDaughterCompanyId(Found[High(Found)]);
  Pay('účet 24', 650);
  FTerminal.Acknowledge('účet 24');
  FTerminal.SetDaughterCompanyId('');
  Personality('several_merchants', 'false');
  Say('and a terminal that has no such function');
  Personality('lists', '"missing"');
  try
    FTerminal.DaughterCompanies;
  except
    on E: EComgateError do
      TellError(E);
  end;
  Personality('lists', '"open-batch"');
end;

{ Two tills with one journal folder. }
procedure TTill.OfAnotherTill;
var
  Paid: IComgateOutcome;
  Other: TComgateTerminal;
  Request: TComgateRequest;
begin
  Say('refunded at another till');
  Paid := Pay('účet 22', 650);
  FTerminal.Acknowledge('účet 22');
  Other := TComgateTerminal.Create('127.0.0.1');
  try
    Other.SetPort(StrToInt(ParamStr(2)));
    Other.SetJournalDir(ExpandFileName(ParamStr(4)));
    Other.SetRegisterId('pokladna 2');
    Other.AllowSimulator(True);
    Request := TComgateRequest.CreateRefund('vratka 22', 600);
    try
      Request.SetOriginalOf('', 'účet 22');
      Tell(Other.Run(Request));
    finally
      Request.Free;
    end;
    Other.Acknowledge('vratka 22');
  finally
    Other.Free;
  end;
  Say('and here of more than is left of it');
  Request := TComgateRequest.CreateRefund('vratka 23', 51);
  try
    Request.SetOriginalTransaction(Paid.TransactionId);
    try
      Tell(FTerminal.Run(Request));
    except
      on E: EComgateError do
        TellError(E);
    end;
    Say('an original is named in one way only');
    try
      Request.SetOriginal('účet 22');
    except
      on E: EComgateError do
        TellError(E);
    end;
  finally
    Request.Free;
  end;
end;

procedure TTill.FixTheCall;
begin
  Say('1xx: an amount that no coin can pay');
  PayAgain('chyba', 0.005);
  Say('1xx: no amount');
  PayAgain('chyba', 0);
  Say('1xx: the same in a Slovak shop');
  FTerminal.SetLanguage('sk');
  PayAgain('chyba', 0);
  FTerminal.SetLanguage('cs');
  Say('1xx: a sale without a number');
  PayAgain('', 100);
  Say('1xx: a number with the character 0');
  PayAgain('chyba'#0'1', 100);
  Say('1xx: a port that is none');
  try
    FTerminal.SetPort(70000);
  except
    on E: EComgateError do
      TellError(E);
  end;
end;

procedure TTill.TryAgain;
begin
  Say('2xx: a journal folder that is not there');
  try
    FTerminal.SetJournalDir(ExpandFileName(ParamStr(4)) + PathDelim + 'není');
  except
    on E: EComgateError do
      TellError(E);
  end;
  Say('2xx: nobody listens there');
  FTerminal.SetPort(1);
  Pay('účet 12', 700);
  FTerminal.SetPort(StrToInt(ParamStr(2)));
end;

procedure TTill.Refused;
begin
  Say('3xx: a wrong secret');
  FTerminal.SetSecureString('00000000');
  try
    FTerminal.Status(False);
  except
    on E: EComgateError do
      TellError(E);
  end;
  FTerminal.SetSecureString('27924505');
  Say('3xx: a simulator that is not allowed');
  FTerminal.AllowSimulator(False);
  Pay('účet 12', 700);
  FTerminal.AllowSimulator(True);
end;

procedure TTill.Day;
var
  Info: TComgateInfo;
begin
  Info := FTerminal.Status;
  Say('terminal ' + Info.Id + ' at ' + Info.BasePath);
  TellIf(Info.Simulator, 'a simulator');
  TellIf(Info.Online, 'online');
  Approved;
  Declined;
  CancelledInTime;
  CancelledTooLate;
  CancelRefused;
  CancelledAtTerminal;
  Tip;
  Unknown;
  Signature;
  Refunds;
  Reversals;
  ReversalOfTheLast;
  NotTold;
  Steps;
  Closing;
  Preauths;
  Moto;
  InPart;
  TipInTheSum;
  OfAnotherTill;
  Companies;
  FixTheCall;
  TryAgain;
  Refused;
end;

procedure TTill.Night;
begin
  Say('the till dies while the customer looks for the card');
  FDieWhenWaiting := True;
  Pay(NIGHT_SALE, 800.31);
end;

procedure TTill.Morning;
begin
  TellCount;
  Say('the customer has found the card; the till is there again');
  Tap;
  Say(Format('  recovered in all %d', [FTerminal.Recover]));
  TellCount;
  Say('recovered again');
  Say(Format('  recovered in all %d', [FTerminal.Recover]));
  Say('paid again');
  PayAgain(NIGHT_SALE, 800.31);
  Say(Format('  charged %d times', [Charges(80031)]));
end;

procedure Run;
var
  Till: TTill;
begin
  Till := TTill.Create;
  try
    if ParamStr(1) = 'day' then
      Till.Day
    else if ParamStr(1) = 'night' then
      Till.Night
    else
      Till.Morning;
  finally
    Till.Free;
  end;
end;

begin
  try
    Run;
  except
    on E: Exception do
    begin
      Say('BROKEN: ' + E.ClassName + ': ' + E.Message);
      ExitCode := 1;
    end;
  end;
end.
