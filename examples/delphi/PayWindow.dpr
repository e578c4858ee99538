{ The same as PayDemo in a program with forms: the worker recovers and pays in a thread, and the main thread stays free
  for the windows. A form has a field FWorker and these events; there the loop at the end is Application.Run.

    PayWindow HOST PORT JOURNAL SALE AMOUNT [--simulator] }
program PayWindow;

{$APPTYPE CONSOLE}

uses
  {$IFDEF MSWINDOWS}Windows, Messages,{$ELSE}cthreads, cwstring,{$ENDIF}
  SysUtils, ComgateTerminalOutcome, ComgateTerminal, ComgateTerminalWorker, DemoTill;

type
  TForm = class
  private
    FTerminal: TComgateTerminal;
    FWorker: TComgateWorker;
    FSaleId: string;
    FAmount: Currency;
    FPaying, FFailed, FClosed: Boolean;
    procedure StoreRecovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
    procedure ShowStatus(Sender: TObject; Phase: Integer; const Text: string);
    procedure Paid(Sender: TObject; const Outcome: IComgateOutcome);
    procedure ShowError(Sender: TObject; Error: Exception);
    procedure Done(Sender: TObject);
    procedure Loop;
  public
    constructor Create;
    destructor Destroy; override;
  end;

constructor TForm.Create;
begin
  FSaleId := Argument(1, 'SALE');
  FAmount := AmountArgument(2);
  FTerminal := OpenTerminal;
  FWorker := TComgateWorker.Create(FTerminal);
  FWorker.OnRecovered := StoreRecovered;
  FWorker.OnStatus := ShowStatus;
  FWorker.OnOutcome := Paid;
  FWorker.OnError := ShowError;
  FWorker.OnDone := Done;
  // First of all, once the program has started: what the last power cut left open. Done goes on from there.
  FWorker.Recover;
end;

{ Also when the form is closed in the middle of a payment: the worker lets go of it first. }
destructor TForm.Destroy;
begin
  FWorker.Free;
  FTerminal.Free;
  inherited;
end;

procedure TForm.StoreRecovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
begin
  Say('left open by an earlier run:');
  Tell(Outcome);
  // A till stores it in its database, under Outcome.TransactionId, and only then says so.
  Stored := True;
end;

procedure TForm.ShowStatus(Sender: TObject; Phase: Integer; const Text: string);
begin
  Say(Format('  %d %s', [Phase, Text]));
end;

procedure TForm.Paid(Sender: TObject; const Outcome: IComgateOutcome);
begin
  ExitCode := Tell(Outcome);
  // Here as well: first stored, then acknowledged.
  if Outcome.Verdict = cvApproved then
    FTerminal.Acknowledge(Outcome.SaleId);
end;

procedure TForm.ShowError(Sender: TObject; Error: Exception);
begin
  ExitCode := TellError(Error);
  FFailed := True;
end;

{ The end of Recover, and then that of the payment. }
procedure TForm.Done(Sender: TObject);
begin
  FClosed := FPaying or FFailed;
  if FClosed then
    Exit;
  FPaying := True;
  try
    FWorker.Pay(FSaleId, FAmount);
  except
    // What is wrong with the sale as such is raised at once.
    on E: Exception do
    begin
      ShowError(FWorker, E);
      FClosed := True;
    end;
  end;
end;

{$IFDEF MSWINDOWS}

procedure TForm.Loop;
var
  Message: TMsg;
begin
  while not FClosed and GetMessage(Message, 0, 0, 0) do
    DispatchMessage(Message);
end;

{$ELSE}

procedure TForm.Loop;
begin
  while not FClosed do
  begin
    FWorker.Deliver;
    Sleep(10);
  end;
end;

{$ENDIF}

var
  Form: TForm;
begin
  try
    Form := TForm.Create;
    try
      Form.Loop;
    finally
      Form.Free;
    end;
  except
    on E: Exception do
      ExitCode := TellError(E);
  end;
end.
