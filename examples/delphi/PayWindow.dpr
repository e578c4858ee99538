{ The same payment as in a program with forms: the worker pays in a thread, and the main thread stays free for the
  windows. A form has a field FWorker and these events; there the loop at the end is Application.Run.

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
    FClosed: Boolean;
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
  FTerminal := OpenTerminal;
  FWorker := TComgateWorker.Create(FTerminal);
  FWorker.OnStatus := ShowStatus;
  FWorker.OnOutcome := Paid;
  FWorker.OnError := ShowError;
  FWorker.OnDone := Done;
  FWorker.Pay(Argument(1, 'SALE'), AmountArgument(2));
end;

{ Also when the form is closed in the middle of a payment: the worker lets go of it first. }
destructor TForm.Destroy;
begin
  FWorker.Free;
  FTerminal.Free;
  inherited;
end;

procedure TForm.ShowStatus(Sender: TObject; Phase: Integer; const Text: string);
begin
  Say(Format('  %d %s', [Phase, Text]));
end;

procedure TForm.Paid(Sender: TObject; const Outcome: IComgateOutcome);
begin
  ExitCode := Tell(Outcome);
  if Outcome.Verdict = cvApproved then
    FTerminal.Acknowledge(Outcome.SaleId);
end;

procedure TForm.ShowError(Sender: TObject; Error: Exception);
begin
  Say('error: ' + Error.Message);
  ExitCode := EXIT_ERROR;
end;

procedure TForm.Done(Sender: TObject);
begin
  FClosed := True;
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
    begin
      Say('error: ' + E.Message);
      ExitCode := EXIT_ERROR;
    end;
  end;
end.
