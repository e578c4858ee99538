{ The worker: payments in a thread, everything told in the main one.

    Workers PORT CONTROL JOURNAL }
program Workers;

{$I ComgateTerminal.inc}
{$IFDEF FPC}{$CODEPAGE UTF8}{$ENDIF}
{$APPTYPE CONSOLE}

uses
  {$IFDEF MSWINDOWS}Windows, Messages,{$ELSE}cthreads, cwstring,{$ENDIF}
  SysUtils, Classes, ComgateTerminalApi, ComgateTerminalOutcome, ComgateTerminal, ComgateTerminalWorker, Simulator,
  Checks;

const
  SLOW = 100.31;

type
  TShop = class
  private
    FTerminal: TComgateTerminal;
    FWorker: TComgateWorker;
    FMain: TThreadID;
    FDone: Boolean;
    FOutcome: IComgateOutcome;
    FInfo: TComgateInfo;
    FErrorCode, FStatuses, FPayments, FRecovered, FShown: Integer;
    FCancelWhenWaiting, FRaise, FFreeInEvent, FPayNext: Boolean;
    FShowDialog, FRaiseAfterDialog, FFreeInDone, FInOutcome, FOverlapped: Boolean;
    procedure Status(Sender: TObject; Phase: Integer; const Text: string);
    procedure Payment(Sender: TObject; Event: Integer; const SaleId, TransactionId: string);
    procedure Outcome(Sender: TObject; const Outcome: IComgateOutcome);
    procedure Recovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
    procedure Info(Sender: TObject; const Info: TComgateInfo);
    procedure Error(Sender: TObject; Error: Exception);
    procedure Done(Sender: TObject);
    procedure Dialog;
    procedure FreeWorker;
    procedure Employ;
    procedure CheckThread(const What: string);
    procedure Begins;
    procedure Pump;
    function Await: IComgateOutcome;
    {$IFDEF MSWINDOWS}
    procedure Show(Sender: TObject);
    {$ENDIF}
  public
    constructor Create;
    destructor Destroy; override;
    procedure Pays;
    procedure Refuses;
    procedure Cancels;
    procedure CancelsTooLate;
    procedure OtherMoney;
    procedure AnyRequest;
    procedure AsksTheTerminal;
    procedure Decides;
    procedure Recovers;
    procedure RecoversWithoutTheWorker;
    procedure RaisesInAnEvent;
    procedure PaysFromDone;
    procedure ShowsDialogs;
    procedure FreedInAnEvent;
    procedure FreedWhenRecovered;
    procedure FreedInMidPayment;
  end;

constructor TShop.Create;
begin
  FMain := GetCurrentThreadId;
  FTerminal := TComgateTerminal.Create('127.0.0.1');
  FTerminal.SetPort(StrToInt(ParamStr(1)));
  FTerminal.SetJournalDir(ExpandFileName(ParamStr(3)));
  FTerminal.AllowSimulator(True);
  Employ;
  {$IFDEF MSWINDOWS}
  // As a program with forms has it.
  ApplicationHandleException := Show;
  {$ENDIF}
end;

procedure TShop.Employ;
begin
  FWorker := TComgateWorker.Create(FTerminal);
  FWorker.OnStatus := Status;
  FWorker.OnPayment := Payment;
  FWorker.OnOutcome := Outcome;
  FWorker.OnRecovered := Recovered;
  FWorker.OnInfo := Info;
  FWorker.OnError := Error;
  FWorker.OnDone := Done;
end;

destructor TShop.Destroy;
begin
  FWorker.Free;
  FTerminal.Free;
  inherited;
end;

{ Events }

procedure TShop.CheckThread(const What: string);
begin
  Check(GetCurrentThreadId = FMain, What + ' comes in the main thread');
  Check(DivisionRaises, What + ' finds floating point as the program had it');
end;

procedure TShop.Status(Sender: TObject; Phase: Integer; const Text: string);
begin
  CheckThread('a status');
  Inc(FStatuses);
  if (Phase = CGT_PHASE_WAITING) and FCancelWhenWaiting then
    FWorker.Cancel;
  if FRaise then
  begin
    FRaise := False;
    raise EConvertError.Create('pokladna nemá papír');
  end;
end;

procedure TShop.Payment(Sender: TObject; Event: Integer; const SaleId, TransactionId: string);
begin
  CheckThread('a step of a payment');
  Inc(FPayments);
end;

procedure TShop.Outcome(Sender: TObject; const Outcome: IComgateOutcome);
begin
  CheckThread('an outcome');
  FOutcome := Outcome;
  if Outcome.Verdict = cvApproved then
    FTerminal.Acknowledge(Outcome.SaleId); // the thread has ended: the terminal is free
  if FShowDialog then
    Dialog;
  if FFreeInEvent then
    FreeWorker;
end;

{ A message that the cashier has to close: its loop dispatches what is waiting, while the event is not over. }
procedure TShop.Dialog;
var
  Turns: Integer;
begin
  FInOutcome := True;
  try
    for Turns := 1 to 20 do
    begin
      Pump;
      Sleep(10);
    end;
    if FRaiseAfterDialog then
      raise EConvertError.Create('pokladna nemá papír');
  finally
    FInOutcome := False;
  end;
end;

procedure TShop.FreeWorker;
begin
  FreeAndNil(FWorker);
  FDone := True;
end;

procedure TShop.Recovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
begin
  CheckThread('a recovered outcome');
  Inc(FRecovered);
  Stored := True;
  if FFreeInEvent then
  begin
    FreeWorker;
    FreeAndNil(FTerminal);
  end;
end;

procedure TShop.Info(Sender: TObject; const Info: TComgateInfo);
begin
  CheckThread('who the terminal is');
  FInfo := Info;
end;

procedure TShop.Error(Sender: TObject; Error: Exception);
begin
  CheckThread('an error');
  FErrorCode := -1;
  if Error is EComgateError then
    FErrorCode := EComgateError(Error).Code;
end;

procedure TShop.Done(Sender: TObject);
begin
  CheckThread('the end');
  FOverlapped := FOverlapped or FInOutcome;
  Check(not FWorker.IsBusy, 'the worker is free at the end');
  if FFreeInDone then
    FreeWorker
  else if FPayNext then
  begin
    FPayNext := False;
    FWorker.Pay('z konce', 22);
  end
  else
    FDone := True;
end;

{$IFDEF MSWINDOWS}
procedure TShop.Show(Sender: TObject);
begin
  Inc(FShown);
end;
{$ENDIF}

{ The message loop of a program with windows, or what stands for it }

procedure TShop.Begins;
begin
  FDone := False;
  FOutcome := nil;
  FErrorCode := 0;
end;

{$IFDEF MSWINDOWS}

procedure TShop.Pump;
var
  Message: TMsg;
begin
  while PeekMessage(Message, 0, 0, 0, PM_REMOVE) do
    DispatchMessage(Message);
end;

{$ELSE}

procedure TShop.Pump;
begin
  if FWorker = nil then
    Exit;
  try
    FWorker.Deliver;
  except
    on EConvertError do
      Inc(FShown);
  end;
end;

{$ENDIF}

function TShop.Await: IComgateOutcome;
const
  PATIENCE = 60000 div 10;
var
  Waits: Integer;
begin
  for Waits := 1 to PATIENCE do
  begin
    if FDone then
      Break;
    Pump;
    Sleep(10);
  end;
  Check(FDone, 'it ends');
  Result := FOutcome;
end;

{ Stories }

procedure TShop.Pays;
begin
  Begins;
  FWorker.Pay('vlákno 1', 20);
  Check(FWorker.IsBusy, 'the worker is busy');
  try
    FWorker.Pay('vlákno 1b', 20);
    Check(False, 'a second call is refused');
  except
    on E: EComgateError do
      Check(E.Code = CGT_E_BUSY, 'a second call is refused');
  end;
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved) and (FOutcome.SaleId = 'vlákno 1'), 'approved');
  Check(FStatuses > 1, 'with what the terminal showed');
  Check(FPayments = 4, 'and the steps of the payment');
end;

procedure TShop.Refuses;
begin
  try
    FWorker.Pay('vlákno', 0.001);
    Check(False, 'a wrong amount is raised at once');
  except
    on E: EComgateError do
      Check(E.Code = CGT_E_AMOUNT, 'a wrong amount is raised at once');
  end;
  Check(not FWorker.IsBusy, 'and the worker is free');
  Begins;
  FWorker.Pay('vlákno 1', 20);
  Check(Await = nil, 'a sale that was paid has no outcome');
  Check(FErrorCode = CGT_E_SALE_USED, 'but an error');
end;

procedure TShop.Cancels;
begin
  FCancelWhenWaiting := True;
  Begins;
  FWorker.Pay('vlákno 2', SLOW);
  Check((Await <> nil) and (FOutcome.Verdict = cvCancelled), 'cancelled');
  FCancelWhenWaiting := False;
  Begins;
  FWorker.Pay('vlákno 2b', SLOW);
  FWorker.Cancel;
  Check((Await <> nil) and (FOutcome.Verdict in [cvCancelled, cvNotStarted]), 'cancelled before it has begun');
end;

procedure TShop.CancelsTooLate;
begin
  Check(FTerminal.Pay('po stornu', 34).Verdict = cvApproved, 'a cancel is over when its payment is');
  FTerminal.Acknowledge('po stornu');
  FWorker.Cancel;
  Check(FTerminal.Pay('po stornu naprázdno', 35).Verdict = cvApproved, 'where nothing runs, nothing is cancelled');
  FTerminal.Acknowledge('po stornu naprázdno');
end;

procedure TShop.OtherMoney;
begin
  Begins;
  FWorker.Refund('vratka', 5, 'CZK', 'vlákno 1');
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved) and (FOutcome.Kind = CGT_KIND_REFUND), 'refunded');
  Begins;
  FWorker.Pay('podpis', 100.04);
  Check((Await <> nil) and FOutcome.SignatureRequired, 'a signature is required');
  Begins;
  FWorker.SignatureResult('podpis', False);
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved) and (FOutcome.Kind = CGT_KIND_REVERSAL), 'and rejected');
  Begins;
  FWorker.Pay('omyl', 21);
  Await;
  Begins;
  FWorker.Reverse('storno', 'omyl');
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved), 'reversed');
  Begins;
  FWorker.Closing('uzávěrka');
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved), 'closed');
  Begins;
  FWorker.Preauth('pokoj 1', 900);
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved) and (FOutcome.Kind = CGT_KIND_PREAUTH), 'reserved');
  Begins;
  FWorker.PreauthComplete('odjezd 1', 'pokoj 1', 800);
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved) and (FOutcome.AmountApproved = 800), 'and taken');
  Begins;
  FWorker.Preauth('pokoj 2', 900);
  Await;
  Begins;
  FWorker.PreauthCancel('zrušení 2', 'pokoj 2');
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved) and (FOutcome.Kind = CGT_KIND_PREAUTH_CANCEL), 'or let go');
  Begins;
  FWorker.Moto('objednávka', 43);
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved) and (FOutcome.Kind = CGT_KIND_MOTO), 'paid by phone');
end;

procedure TShop.AnyRequest;
var
  Request: TComgateRequest;
begin
  Request := TComgateRequest.CreatePayment('s variabilním symbolem', 37);
  Request.SetInvoiceNumber('20261123');
  Begins;
  FWorker.Run(Request);
  try
    FWorker.Run(TComgateRequest.CreatePayment('další', 1));
    Check(False, 'a request is refused while there is another one');
  except
    on E: EComgateError do
      Check(E.Code = CGT_E_BUSY, 'a request is refused while there is another one');
  end;
  Check((Await <> nil) and (FOutcome.InvoiceNumber = '20261123'), 'a payment with an invoice number');
  Control('POST', '/endpoint', '{"name": "gift", "form": "operation"}');
  Request := TComgateRequest.Create(CGT_KIND_OTHER, 'dárková karta');
  Request.SetEndpoint('gift');
  Request.SetAmount(38, 'CZK');
  Begins;
  FWorker.Run(Request);
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved) and (FOutcome.Kind = CGT_KIND_OTHER),
    'a function without a name of its own');
end;

procedure TShop.AsksTheTerminal;
begin
  Begins;
  FWorker.Query('s variabilním symbolem');
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved), 'what became of a sale');
  Begins;
  FWorker.Info;
  Check((Await = nil) and (FInfo.Id = 'SIM00001') and (FInfo.Versions <> ''), 'who is there');
  Begins;
  FWorker.Status;
  Check((Await = nil) and FInfo.Online and (FInfo.Time <> ''), 'and whether it is online');
  FInfo.Id := '';
  Begins;
  FWorker.Status(False);
  Check((Await = nil) and (FInfo.Id = 'SIM00001') and not FInfo.Online, 'or only that it answers');
end;

procedure TShop.Decides;
begin
  Begins;
  FWorker.Resolve('s variabilním symbolem', False, 'podle výpisu');
  Check((Await = nil) and (FErrorCode = CGT_E_DECIDED), 'what the terminal has decided no person decides');
  Begins;
  FWorker.Resolve('s variabilním symbolem', True, 'podle výpisu');
  Check((Await = nil) and (FErrorCode = 0), 'unless both say the same');
end;

procedure TShop.Recovers;
begin
  FTerminal.Pay('obnova 1', 31);
  FTerminal.Pay('obnova 2', 32);
  Begins;
  FWorker.Recover;
  Check(Await = nil, 'Recover has no outcome of its own');
  Check(FRecovered = 2, 'but tells each');
  Begins;
  FWorker.Recover;
  Await;
  Check(FRecovered = 2, 'and once: they were stored');
end;

{ The job of the worker is freed by now. }
procedure TShop.RecoversWithoutTheWorker;
begin
  Check(not Assigned(FTerminal.OnRecovered), 'the terminal has its own event again after Recover');
  FTerminal.Pay('obnova 3', 33);
  Check(FTerminal.Recover = 1, 'and recovers by itself');
  FTerminal.Acknowledge('obnova 3');
end;

procedure TShop.RaisesInAnEvent;
begin
  FRaise := True;
  Begins;
  FWorker.Pay('vlákno 3', 23);
  Check((Await <> nil) and (FOutcome.Verdict = cvApproved), 'an event that raises does not touch the payment');
  Check(FShown = 1, 'and is shown as that of a form');
end;

procedure TShop.PaysFromDone;
begin
  FPayNext := True;
  Begins;
  FWorker.Pay('vlákno 4', 24);
  Check((Await <> nil) and (FOutcome.SaleId = 'z konce'), 'the next call from the end of the last one');
end;

{ An OnOutcome with a dialog, and an OnDone that frees: together they must not free what is on the stack. }
procedure TShop.ShowsDialogs;
begin
  FShowDialog := True;
  Begins;
  FWorker.Pay('dialog 1', 26);
  Check((Await <> nil) and not FOverlapped, 'the end is told after an event that shows a dialog');
  FRaiseAfterDialog := True;
  FShown := 0;
  Begins;
  FWorker.Pay('dialog 2', 27);
  Check((Await <> nil) and (FShown = 1), 'also after one that raises');
  FRaiseAfterDialog := False;
  FFreeInDone := True;
  Begins;
  FWorker.Pay('dialog 3', 28);
  Check((Await <> nil) and (FWorker = nil) and not FOverlapped, 'and may free the worker then');
  FFreeInDone := False;
  FShowDialog := False;
  Employ;
end;

procedure TShop.FreedInAnEvent;
begin
  FFreeInEvent := True;
  Begins;
  FWorker.Pay('vlákno 5', 25);
  Check((Await <> nil) and (FWorker = nil), 'freed in its own event');
  FFreeInEvent := False;
end;

procedure TShop.FreedInMidPayment;
var
  Waits, Statuses: Integer;
begin
  Begins;
  FStatuses := 0;
  FWorker := TComgateWorker.Create(FTerminal);
  FWorker.OnStatus := Status;
  FWorker.OnDone := Done;
  FWorker.Pay('vlákno 6', SLOW);
  for Waits := 1 to 6000 do
  begin
    if FStatuses > 1 then
      Break;
    Pump;
    Sleep(10);
  end;
  FreeAndNil(FWorker);
  Statuses := FStatuses;
  {$IFDEF MSWINDOWS}
  Pump;
  {$ENDIF}
  Check((FStatuses = Statuses) and not FDone, 'no event comes from a worker that is freed');
  Check(not FTerminal.IsBusy, 'the terminal is free');
  Check(FTerminal.Query('vlákno 6').Verdict = cvCancelled, 'and the payment was let go');
end;

{ A register that is closed where it hears of an old sale: what it says about storing it comes too late. }
procedure TShop.FreedWhenRecovered;
begin
  FTerminal.Pay('obnova 4', 36);
  Employ;
  FFreeInEvent := True;
  FRecovered := 0;
  FShown := 0;
  Begins;
  FWorker.Recover;
  Await;
  Check((FRecovered = 1) and (FTerminal = nil) and (FShown = 0), 'freed when an outcome is recovered, with its terminal');
end;

procedure Run;
var
  Shop: TShop;
begin
  Shop := TShop.Create;
  try
    Shop.Pays;
    Shop.Refuses;
    Shop.Cancels;
    Shop.CancelsTooLate;
    Shop.OtherMoney;
    Shop.AnyRequest;
    Shop.AsksTheTerminal;
    Shop.Decides;
    Shop.Recovers;
    Shop.RecoversWithoutTheWorker;
    Shop.RaisesInAnEvent;
    Shop.PaysFromDone;
    Shop.ShowsDialogs;
    Shop.FreedInAnEvent;
    Shop.FreedInMidPayment;
    Shop.FreedWhenRecovered;
  finally
    Shop.Free;
  end;
end;

begin
  BeLikeDelphi;
  ControlPort := StrToInt(ParamStr(2));
  try
    Run;
  except
    on E: Exception do
      Check(False, 'BROKEN: ' + E.ClassName + ': ' + E.Message);
  end;
  Finish;
end.
