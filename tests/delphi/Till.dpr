{ A till that can lose its power at ten points of a sale, and one that shares its journal with another till.

    Till die PORT CONTROL JOURNAL POINT     sells, and dies at that point, 1 to 10
    Till after PORT CONTROL JOURNAL POINT   starts again, sees to it that the sale is paid, and counts the charges
    Till share PORT CONTROL JOURNAL NAME    makes some sales while another till does so too }
program Till;

{$I ComgateTerminal.inc}
{$IFDEF FPC}{$CODEPAGE UTF8}{$ENDIF}
{$APPTYPE CONSOLE}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF}
  SysUtils, ComgateTerminalApi, ComgateTerminalOutcome, ComgateTerminal, Simulator, Checks, Transcript;

const
  INTENT_STORED = 1;
  STARTED = 2;
  CONNECTING = 3;
  WAITING = 4;
  ASKED_WHILE_WAITING = 5;
  READING_RESULT = 6;
  CONFIRMED = 7;
  ENDED = 8;
  RETURNED = 9;
  ACKNOWLEDGED = 10;

type
  TTill = class
  private
    FTerminal: TComgateTerminal;
    FPoint, FQuestions: Integer;
    FWaiting: Boolean;
    FTold: IComgateOutcome;
    procedure DieAt(Point: Integer);
    procedure Status(Sender: TObject; Phase: Integer; const Text: string);
    procedure CancelQuery(Sender: TObject; var Cancel: Boolean);
    procedure Payment(Sender: TObject; Event: Integer; const SaleId, TransactionId: string);
    procedure Recovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
    function SaleId: string;
    function Amount: Currency;
    function Charged: Integer;
    procedure CheckSettled;
    procedure SellOnce(const Sale: string; Price: Currency);
  public
    constructor Create;
    destructor Destroy; override;
    procedure Die;
    procedure After;
    procedure Share;
  end;

constructor TTill.Create;
begin
  FTerminal := TComgateTerminal.Create('127.0.0.1');
  FTerminal.SetPort(StrToInt(ParamStr(2)));
  ControlPort := StrToInt(ParamStr(3));
  FTerminal.SetJournalDir(ExpandFileName(ParamStr(4)));
  FTerminal.AllowSimulator(True);
end;

destructor TTill.Destroy;
begin
  FTerminal.Free;
  inherited;
end;

function TTill.SaleId: string;
begin
  Result := Format('účet %d', [FPoint]);
end;

{ One amount for each point, so that the ledger tells them apart; its last digits mean an approval. }
function TTill.Amount: Currency;
begin
  Result := 100 * FPoint + 0.50;
end;

function TTill.Charged: Integer;
begin
  Result := Charges(Round(Amount * 100));
end;

{ Dying }

procedure TTill.DieAt(Point: Integer);
begin
  if Point = FPoint then
    Transcript.Die;
end;

procedure TTill.Status(Sender: TObject; Phase: Integer; const Text: string);
begin
  case Phase of
    CGT_PHASE_CONNECTING: DieAt(CONNECTING);
    CGT_PHASE_WAITING: DieAt(WAITING);
    CGT_PHASE_READING_RESULT: DieAt(READING_RESULT);
  end;
  FWaiting := Phase = CGT_PHASE_WAITING;
end;

procedure TTill.CancelQuery(Sender: TObject; var Cancel: Boolean);
begin
  if not FWaiting then
    Exit;
  Inc(FQuestions);
  if FQuestions = 2 then
    DieAt(ASKED_WHILE_WAITING);
end;

procedure TTill.Payment(Sender: TObject; Event: Integer; const SaleId, TransactionId: string);
begin
  case Event of
    CGT_EVENT_INTENT_STORED: DieAt(INTENT_STORED);
    CGT_EVENT_STARTED: DieAt(STARTED);
    CGT_EVENT_CONFIRMED: DieAt(CONFIRMED);
    CGT_EVENT_ENDED: DieAt(ENDED);
  end;
end;

procedure TTill.Die;
begin
  FPoint := StrToInt(ParamStr(5));
  FTerminal.OnStatus := Status;
  FTerminal.OnCancelQuery := CancelQuery;
  FTerminal.OnPayment := Payment;
  FTerminal.Pay(SaleId, Amount);
  DieAt(RETURNED);
  FTerminal.Acknowledge(SaleId);
  DieAt(ACKNOWLEDGED);
  Say('IT IS STILL ALIVE');
end;

{ After that }

procedure TTill.Recovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
begin
  Check(Outcome.SaleId = SaleId, 'what is recovered is the sale that was under way');
  Check(FTold = nil, 'and it is told once');
  FTold := Outcome;
  Stored := True;
end;

procedure TTill.After;
var
  Undecided, Unacknowledged: Integer;
  Paid: Boolean;
begin
  FPoint := StrToInt(ParamStr(5));
  FTerminal.OnRecovered := Recovered;
  FTerminal.Recover;
  Paid := FPoint = ACKNOWLEDGED;
  if FTold <> nil then
  begin
    Paid := FTold.Verdict = cvApproved;
    Check(Paid = (Charged = 1), 'what is told approved is what the terminal has charged');
  end;
  if (FTold <> nil) and (FTold.Verdict = cvUnknown) then
    // Somebody looks at the terminal, which has no such charge.
    FTerminal.Resolve(SaleId, False, 'podle historie terminálu nezaplaceno');
  try
    Check(FTerminal.Pay(SaleId, Amount).Verdict = cvApproved, 'paid again, it is approved');
    Check(not Paid, 'but only where it was not paid yet');
    FTerminal.Acknowledge(SaleId);
  except
    on E: EComgateError do
      Check(Paid and (E.Code = CGT_E_SALE_USED), 'paid again, it is used where it was paid: ' + E.Message);
  end;
  FTerminal.UnresolvedCount(Undecided, Unacknowledged);
  Check((Undecided = 0) and (Unacknowledged = 0), 'nothing is left open');
  CheckSettled;
  Finish;
end;

procedure TTill.CheckSettled;
begin
  Check(Charged = 1, Format('%s was charged %d times', [SaleId, Charged]));
end;

{ Two tills }

{ Again and again while the other one has the terminal: these errors say that nothing was sent. }
procedure TTill.SellOnce(const Sale: string; Price: Currency);
const
  PATIENCE = 100;
var
  Tries: Integer;
  Outcome: IComgateOutcome;
begin
  for Tries := 1 to PATIENCE do
    try
      Outcome := FTerminal.Pay(Sale, Price);
      if Outcome.Verdict <> cvNotStarted then
        Break;
      Sleep(100);
    except
      on E: EComgateError do
        if E.Band <> 2 then
          raise;
    end;
  Check((Outcome <> nil) and (Outcome.Verdict = cvApproved), Sale + ' is approved');
  Check((Outcome <> nil) and not Outcome.Adopted, Sale + ' is a sale of its own');
  FTerminal.Acknowledge(Sale);
  Check(Charges(Round(Price * 100)) = 1, Sale + ' is charged once');
end;

procedure TTill.Share;
var
  I, Base, Undecided, Unacknowledged: Integer;
begin
  FTerminal.SetRegisterId(ParamStr(5));
  Base := 1000 * Length(ParamStr(5));
  for I := 1 to 4 do
    SellOnce(Format('%s/%d', [ParamStr(5), I]), Base + I);
  FTerminal.UnresolvedCount(Undecided, Unacknowledged);
  Check((Undecided = 0) and (Unacknowledged = 0), 'nothing is left open');
  Finish;
end;

procedure Run;
var
  Till: TTill;
begin
  Till := TTill.Create;
  try
    if ParamStr(1) = 'die' then
      Till.Die
    else if ParamStr(1) = 'after' then
      Till.After
    else
      Till.Share;
  finally
    Till.Free;
  end;
end;

begin
  BeLikeDelphi;
  try
    Run;
  except
    on E: Exception do
    begin
      Say('BROKEN: ' + E.ClassName + ': ' + E.Message);
      ExitCode := 2;
    end;
  end;
end.
