(*
  A worker that pays in a thread of its own, so that the windows of the program stay alive. All events come in the
  thread that made the worker, usually the main one.

      Worker := TComgateWorker.Create(Terminal);      // the terminal is the worker's until it is freed
      Worker.OnStatus := ShowStatus;
      Worker.OnOutcome := Paid;
      Worker.OnError := ShowError;
      Worker.Pay('2026-11-23/1/42', 125.50);          // returns at once

  On Windows the events are delivered through a hidden window of the worker, by the program's message loop;
  Application.Run is one. Where there are no messages (on Linux, in a console program), call Deliver again and again
  instead, as from a timer. (On Linux a program with threads needs cthreads as the first unit it uses.) One event at a
  time: while one shows a dialog, the next ones wait. An event may free the worker.

  Freed in the middle of a payment, the worker lets go: the terminal is asked to cancel, then looked at for up to 10 s
  more, and what is still not known stays in the journal for Recover. Freed in a Recover it only stops asking: a payment
  that still runs on the terminal goes on, and is recovered next time. Free waits for that, and no event comes any more.
*)
unit ComgateTerminalWorker;

{$I ComgateTerminal.inc}

interface

uses
  // Windows after Classes: both have a RegisterClass.
  SysUtils, Classes, {$IFDEF MSWINDOWS}Windows, Messages,{$ENDIF} ComgateTerminalApi, ComgateTerminalOutcome,
  ComgateTerminal;

type
  TComgateOutcomeEvent = procedure(Sender: TObject; const Outcome: IComgateOutcome) of object;

  { An error of the call: there is no outcome, see EComgateError. It is freed after the event. }
  TComgateErrorEvent = procedure(Sender: TObject; Error: Exception) of object;

  TComgateInfoEvent = procedure(Sender: TObject; const Info: TComgateInfo) of object;

  TComgateWorker = class
  private
    FTerminal: TComgateTerminal;
    FJob: TThread;
    FBusy: Boolean;
    FLetGo, FCancel: Boolean; // read by the thread
    FNotes: TThreadList;
    FGone: PBoolean; // while events are called: set when one of them frees the worker
    {$IFDEF MSWINDOWS}
    FWindow: HWND;
    {$ENDIF}
    FOnStatus: TComgateStatusEvent;
    FOnPayment: TComgatePaymentEvent;
    FOnRecovered: TComgateRecoveredEvent;
    FOnOutcome: TComgateOutcomeEvent;
    FOnInfo: TComgateInfoEvent;
    FOnError: TComgateErrorEvent;
    FOnDone: TNotifyEvent;
    procedure EnsureIdle;
    procedure Start(Job: TThread);
    procedure Post(Note: TObject);
    procedure WakeUp;
    function NextNote: TObject;
    procedure TellAll(var Gone: Boolean);
    procedure Tell(Note: TObject);
    procedure TellRecovered(const Outcome: IComgateOutcome);
    procedure TellDone;
    procedure TakeStatus(Sender: TObject; Phase: Integer; const Text: string);
    procedure TakePayment(Sender: TObject; Event: Integer; const SaleId, TransactionId: string);
    procedure TakeCancelQuery(Sender: TObject; var Cancel: Boolean);
  public
    // Takes over the events of the terminal, which has none any more when the worker is freed.
    constructor Create(Terminal: TComgateTerminal);
    destructor Destroy; override;

    { One of these at a time; they return at once. See TComgateTerminal for what they do and what they need. What is
      wrong with a request is raised here, everything else comes to OnError. }

    procedure Pay(const SaleId: string; Amount: Currency; const CurrencyCode: string = 'CZK');
    procedure Refund(const RefundId: string; Amount: Currency; const CurrencyCode: string = 'CZK';
      const OriginalSaleId: string = '');
    procedure Reverse(const ReversalId, OriginalSaleId: string);
    procedure Closing(const ClosingId: string);
    procedure Preauth(const PreauthId: string; Amount: Currency; const CurrencyCode: string = 'CZK');
    procedure PreauthComplete(const CompletionId, OriginalSaleId: string; Amount: Currency;
      const CurrencyCode: string = 'CZK');
    procedure PreauthCancel(const CancelId, OriginalSaleId: string);
    procedure Moto(const SaleId: string; Amount: Currency; const CurrencyCode: string = 'CZK');
    procedure SignatureResult(const SaleId: string; Accepted: Boolean);
    // Any request, such as one with an invoice number. The worker frees it, also where this raises.
    procedure Run(Request: TComgateRequest);
    procedure Recover(BudgetMs: Integer = 30000);
    procedure Query(const SaleId: string);
    procedure Resolve(const SaleId: string; Charged: Boolean; const Note: string);
    procedure Info;
    procedure Status(CheckOnline: Boolean = True);
    // Asks for what the worker does to be cancelled, as TComgateTerminal.Cancel; nothing where it does nothing.
    procedure Cancel;
    function IsBusy: Boolean;

    // Calls the events that are due; in an event nothing, the next one waits for the end of this one. Not needed where
    // messages are dispatched.
    procedure Deliver;

    property Terminal: TComgateTerminal read FTerminal;
    property OnStatus: TComgateStatusEvent read FOnStatus write FOnStatus;
    property OnPayment: TComgatePaymentEvent read FOnPayment write FOnPayment;
    // The outcome of the call. Recover, Resolve, Info and Status have none.
    property OnOutcome: TComgateOutcomeEvent read FOnOutcome write FOnOutcome;
    // After Recover, for each outcome.
    property OnRecovered: TComgateRecoveredEvent read FOnRecovered write FOnRecovered;
    // After Info and Status.
    property OnInfo: TComgateInfoEvent read FOnInfo write FOnInfo;
    property OnError: TComgateErrorEvent read FOnError write FOnError;
    // The last event of each call. The worker is free for the next one; the terminal is so since OnOutcome or OnError.
    property OnDone: TNotifyEvent read FOnDone write FOnDone;
  end;

implementation

type
  TNoteKind = (nkStatus, nkPayment, nkEnded, nkOutcome, nkRecovered, nkInfo, nkError, nkDone);

  { What the thread has to tell. }
  TNote = class
    Kind: TNoteKind;
    Number: Integer; // the phase or the event
    Text, TransactionId: string;
    Outcome: IComgateOutcome;
    Info: TComgateInfo;
    Error: Exception;
    destructor Destroy; override;
  end;

  { One call in a thread. What it found is told when the thread has ended with the terminal, so that the program may
    use it at once. }
  TJob = class(TThread)
  private
    FWorker: TComgateWorker;
    FOutcome: IComgateOutcome;
    FRecovered: TComgateOutcomes;
    FHasInfo: Boolean;
    FInfo: TComgateInfo;
    FError: Exception;
    procedure Tell(Kind: TNoteKind; const Outcome: IComgateOutcome; Error: Exception);
    procedure TellInfo;
    procedure TellAll;
  protected
    procedure Execute; override;
    procedure Work; virtual; abstract;
  public
    constructor Create(Worker: TComgateWorker);
  end;

  TRequestJob = class(TJob)
  private
    FRequest: TComgateRequest;
  protected
    procedure Work; override;
  public
    constructor Create(Worker: TComgateWorker; Request: TComgateRequest);
    destructor Destroy; override;
  end;

  { The calls about one sale that make no request. }
  TSaleTask = (stSignatureResult, stQuery, stResolve);

  TSaleJob = class(TJob)
  private
    FTask: TSaleTask;
    FSaleId, FNote: string;
    FYes: Boolean;
  protected
    procedure Work; override;
  public
    constructor Create(Worker: TComgateWorker; Task: TSaleTask; const SaleId: string; Yes: Boolean; const Note: string);
  end;

  TInfoTask = (itInfo, itStatus, itOnlineStatus);

  TInfoJob = class(TJob)
  private
    FTask: TInfoTask;
  protected
    procedure Work; override;
  public
    constructor Create(Worker: TComgateWorker; Task: TInfoTask);
  end;

  TRecoverJob = class(TJob)
  private
    FBudgetMs: Integer;
    procedure Keep(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
  protected
    procedure Work; override;
  public
    constructor Create(Worker: TComgateWorker; BudgetMs: Integer);
  end;

destructor TNote.Destroy;
begin
  Error.Free;
  inherited;
end;

{ Jobs. A thread starts when its constructor has ended. }

constructor TJob.Create(Worker: TComgateWorker);
begin
  FWorker := Worker;
  inherited Create(False);
end;

procedure TJob.Execute;
begin
  try
    Work;
  except
    on Exception do
      FError := Exception(AcquireExceptionObject);
  end;
  TellAll;
end;

procedure TJob.TellAll;
var
  I: Integer;
begin
  Tell(nkEnded, nil, nil);
  if FOutcome <> nil then
    Tell(nkOutcome, FOutcome, nil);
  for I := 0 to High(FRecovered) do
    Tell(nkRecovered, FRecovered[I], nil);
  if FHasInfo then
    TellInfo;
  if FError <> nil then
    Tell(nkError, nil, FError);
  Tell(nkDone, nil, nil);
end;

procedure TJob.Tell(Kind: TNoteKind; const Outcome: IComgateOutcome; Error: Exception);
var
  Note: TNote;
begin
  Note := TNote.Create;
  Note.Kind := Kind;
  Note.Outcome := Outcome;
  Note.Error := Error;
  FWorker.Post(Note);
end;

procedure TJob.TellInfo;
var
  Note: TNote;
begin
  Note := TNote.Create;
  Note.Kind := nkInfo;
  Note.Info := FInfo;
  FWorker.Post(Note);
end;

constructor TRequestJob.Create(Worker: TComgateWorker; Request: TComgateRequest);
begin
  FRequest := Request;
  inherited Create(Worker);
end;

destructor TRequestJob.Destroy;
begin
  inherited; // waits for the thread
  FRequest.Free;
end;

procedure TRequestJob.Work;
const
  // How long it may take until the thread sees that the worker is freed.
  STEP_MS = 100;
var
  Operation: TComgateOperation;
begin
  Operation := FWorker.FTerminal.StartRequest(FRequest);
  try
    repeat
      if FWorker.FLetGo then
        Exit;
    until Operation.Step(STEP_MS);
    FOutcome := Operation.Finish;
  finally
    Operation.Free;
  end;
end;

constructor TSaleJob.Create(Worker: TComgateWorker; Task: TSaleTask; const SaleId: string; Yes: Boolean;
  const Note: string);
begin
  FTask := Task;
  FSaleId := SaleId;
  FYes := Yes;
  FNote := Note;
  inherited Create(Worker);
end;

procedure TSaleJob.Work;
begin
  case FTask of
    stSignatureResult: FOutcome := FWorker.FTerminal.SignatureResult(FSaleId, FYes);
    stQuery: FOutcome := FWorker.FTerminal.Query(FSaleId);
    stResolve: FWorker.FTerminal.Resolve(FSaleId, FYes, FNote);
  end;
end;

constructor TInfoJob.Create(Worker: TComgateWorker; Task: TInfoTask);
begin
  FTask := Task;
  inherited Create(Worker);
end;

procedure TInfoJob.Work;
begin
  if FTask = itInfo then
    FInfo := FWorker.FTerminal.Info
  else
    FInfo := FWorker.FTerminal.Status(FTask = itOnlineStatus);
  FHasInfo := True;
end;

constructor TRecoverJob.Create(Worker: TComgateWorker; BudgetMs: Integer);
begin
  FBudgetMs := BudgetMs;
  inherited Create(Worker);
end;

procedure TRecoverJob.Work;
var
  Terminal: TComgateTerminal;
  Before: TComgateRecoveredEvent;
begin
  Terminal := FWorker.FTerminal;
  Before := Terminal.OnRecovered;
  Terminal.OnRecovered := Keep;
  try
    Terminal.Recover(FBudgetMs);
  finally
    // This job is freed soon, and the program may call Recover of the terminal itself.
    Terminal.OnRecovered := Before;
  end;
end;

procedure TRecoverJob.Keep(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
begin
  // Stored stays False: the program has not been told yet.
  SetLength(FRecovered, Length(FRecovered) + 1);
  FRecovered[High(FRecovered)] := Outcome;
end;

{ The hidden window }

{$IFDEF MSWINDOWS}

const
  WM_NOTES = WM_USER + 1;
  WINDOW_CLASS = 'ComgateTerminalWorker';
  // The window knows its worker by this; a pointer in the message could outlive it.
  WORKER_PROPERTY = 'ComgateTerminalWorker';
  // A window that only takes messages; Delphi 7 does not have the name.
  MESSAGE_ONLY = HWND(-3);

function WorkerOf(Window: HWND): TComgateWorker;
begin
  Result := TComgateWorker(Pointer(GetProp(Window, WORKER_PROPERTY)));
end;

function WindowProcedure(Window: HWND; Message: UINT; WParam: WPARAM; LParam: LPARAM): LRESULT; stdcall;
var
  Worker: TComgateWorker;
begin
  Result := 0;
  if Message <> WM_NOTES then
  begin
    Result := DefWindowProc(Window, Message, WParam, LParam);
    Exit;
  end;
  Worker := WorkerOf(Window);
  if Worker = nil then
    Exit;
  try
    Worker.Deliver;
  except
    // What an event raises must not get into Windows. It is shown as that of any event of a form; the event may have
    // freed the worker.
    if Assigned(ApplicationHandleException) then
      ApplicationHandleException(WorkerOf(Window))
    else
      ShowException(ExceptObject, ExceptAddr);
  end;
end;

function RegisterWindowClass: Boolean;
var
  WindowClass: TWndClass;
begin
  Result := GetClassInfo(HInstance, WINDOW_CLASS, WindowClass);
  if Result then
    Exit;
  FillChar(WindowClass, SizeOf(WindowClass), 0);
  WindowClass.lpfnWndProc := @WindowProcedure;
  WindowClass.hInstance := HInstance;
  WindowClass.lpszClassName := WINDOW_CLASS;
  Result := RegisterClass(WindowClass) <> 0;
end;

function CreateHiddenWindow(Worker: TComgateWorker): HWND;
begin
  Result := 0;
  if RegisterWindowClass then
    Result := CreateWindowEx(0, WINDOW_CLASS, '', 0, 0, 0, 0, 0, MESSAGE_ONLY, 0, HInstance, nil);
  if (Result = 0) or not SetProp(Result, WORKER_PROPERTY, THandle(Worker)) then
    raise EComgateError.Create(CGT_E_INTERNAL,
      'Windows makes no window for the worker: ' + SysErrorMessage(GetLastError));
end;

procedure DestroyHiddenWindow(Window: HWND);
begin
  if Window = 0 then
    Exit;
  RemoveProp(Window, WORKER_PROPERTY);
  DestroyWindow(Window);
end;

{$ENDIF}

{ TComgateWorker }

constructor TComgateWorker.Create(Terminal: TComgateTerminal);
begin
  inherited Create;
  FNotes := TThreadList.Create;
  {$IFDEF MSWINDOWS}
  FWindow := CreateHiddenWindow(Self);
  {$ENDIF}
  FTerminal := Terminal;
  Terminal.OnStatus := TakeStatus;
  Terminal.OnPayment := TakePayment;
  Terminal.OnCancelQuery := TakeCancelQuery;
end;

destructor TComgateWorker.Destroy;
var
  Note: TObject;
begin
  FLetGo := True;
  if FGone <> nil then
    FGone^ := True;
  FJob.Free; // waits for it
  {$IFDEF MSWINDOWS}
  DestroyHiddenWindow(FWindow);
  {$ENDIF}
  if FTerminal <> nil then
  begin
    FTerminal.OnStatus := nil;
    FTerminal.OnPayment := nil;
    FTerminal.OnRecovered := nil;
    FTerminal.OnCancelQuery := nil;
  end;
  if FNotes <> nil then
    repeat
      Note := NextNote;
      Note.Free;
    until Note = nil;
  FNotes.Free;
  inherited;
end;

{ What the terminal tells, in the thread }

procedure TComgateWorker.Post(Note: TObject);
begin
  FNotes.Add(Note);
  WakeUp;
end;

procedure TComgateWorker.WakeUp;
begin
  {$IFDEF MSWINDOWS}
  PostMessage(FWindow, WM_NOTES, 0, 0);
  {$ENDIF}
end;

procedure TComgateWorker.TakeStatus(Sender: TObject; Phase: Integer; const Text: string);
var
  Note: TNote;
begin
  Note := TNote.Create;
  Note.Kind := nkStatus;
  Note.Number := Phase;
  Note.Text := Text;
  Post(Note);
end;

procedure TComgateWorker.TakePayment(Sender: TObject; Event: Integer; const SaleId, TransactionId: string);
var
  Note: TNote;
begin
  Note := TNote.Create;
  Note.Kind := nkPayment;
  Note.Number := Event;
  Note.Text := SaleId;
  Note.TransactionId := TransactionId;
  Post(Note);
end;

procedure TComgateWorker.TakeCancelQuery(Sender: TObject; var Cancel: Boolean);
begin
  // In a payment this asks the terminal to cancel; in a Recover it only ends the asking, and cancels nothing.
  Cancel := FLetGo or FCancel;
end;

{ What the program is told, in its own thread }

function TComgateWorker.NextNote: TObject;
var
  List: TList;
begin
  Result := nil;
  List := FNotes.LockList;
  try
    if List.Count = 0 then
      Exit;
    Result := TObject(List[0]);
    List.Delete(0);
  finally
    FNotes.UnlockList;
  end;
end;

procedure TComgateWorker.Deliver;
var
  Gone, Raised: Boolean;
begin
  // An event that shows a dialog gets here through its message loop. What is told then waits until the event is over:
  // the next one may free the form whose event this is.
  if FGone <> nil then
    Exit;
  Gone := False;
  FGone := @Gone;
  Raised := True;
  try
    TellAll(Gone);
    Raised := False;
  finally
    if not Gone then
    begin
      FGone := nil;
      // The messages of what is left may be gone, dispatched by a dialog.
      if Raised then
        WakeUp;
    end;
  end;
end;

{ An event may free the worker: nothing of it may be touched once Gone is True. }
procedure TComgateWorker.TellAll(var Gone: Boolean);
var
  Note: TObject;
begin
  repeat
    Note := NextNote;
    if Note = nil then
      Exit;
    try
      Tell(Note);
    finally
      Note.Free;
    end;
  until Gone;
end;

procedure TComgateWorker.Tell(Note: TObject);
var
  Told: TNote;
begin
  Told := TNote(Note);
  case Told.Kind of
    nkStatus:
      if Assigned(FOnStatus) then
        FOnStatus(Self, Told.Number, Told.Text);
    nkPayment:
      if Assigned(FOnPayment) then
        FOnPayment(Self, Told.Number, Told.Text, Told.TransactionId);
    nkEnded:
      begin
        FreeAndNil(FJob); // waits for the last moment of the thread
        // A wish that came too late is not for what is called next.
        FCancel := False;
      end;
    nkOutcome:
      if Assigned(FOnOutcome) then
        FOnOutcome(Self, Told.Outcome);
    nkRecovered: TellRecovered(Told.Outcome);
    nkInfo:
      if Assigned(FOnInfo) then
        FOnInfo(Self, Told.Info);
    nkError:
      if Assigned(FOnError) then
        FOnError(Self, Told.Error);
    nkDone: TellDone;
  end;
end;

procedure TComgateWorker.TellRecovered(const Outcome: IComgateOutcome);
var
  Stored: Boolean;
  Gone: PBoolean;
begin
  Stored := False;
  Gone := FGone;
  if Assigned(FOnRecovered) then
    FOnRecovered(Self, Outcome, Stored);
  // The event may have freed the worker, and the terminal too. Then the outcome is told again by the next Recover.
  if Gone^ then
    Exit;
  FTerminal.AcknowledgeStored(Outcome, Stored);
end;

procedure TComgateWorker.TellDone;
begin
  FBusy := False;
  if Assigned(FOnDone) then
    FOnDone(Self);
end;

{ Calls }

procedure TComgateWorker.EnsureIdle;
begin
  if FBusy then
    raise EComgateError.Create(CGT_E_BUSY, 'the worker is busy with an earlier call');
end;

procedure TComgateWorker.Start(Job: TThread);
begin
  FJob := Job;
  FBusy := True;
end;

procedure TComgateWorker.Pay(const SaleId: string; Amount: Currency; const CurrencyCode: string);
begin
  Run(TComgateRequest.CreatePayment(SaleId, Amount, CurrencyCode));
end;

procedure TComgateWorker.Refund(const RefundId: string; Amount: Currency; const CurrencyCode, OriginalSaleId: string);
begin
  Run(TComgateRequest.CreateRefund(RefundId, Amount, CurrencyCode, OriginalSaleId));
end;

procedure TComgateWorker.Reverse(const ReversalId, OriginalSaleId: string);
begin
  Run(TComgateRequest.CreateReversal(ReversalId, OriginalSaleId));
end;

procedure TComgateWorker.Closing(const ClosingId: string);
begin
  Run(TComgateRequest.CreateClosing(ClosingId));
end;

procedure TComgateWorker.Preauth(const PreauthId: string; Amount: Currency; const CurrencyCode: string);
begin
  Run(TComgateRequest.CreatePreauth(PreauthId, Amount, CurrencyCode));
end;

procedure TComgateWorker.PreauthComplete(const CompletionId, OriginalSaleId: string; Amount: Currency;
  const CurrencyCode: string);
begin
  Run(TComgateRequest.CreatePreauthCompletion(CompletionId, OriginalSaleId, Amount, CurrencyCode));
end;

procedure TComgateWorker.PreauthCancel(const CancelId, OriginalSaleId: string);
begin
  Run(TComgateRequest.CreatePreauthCancel(CancelId, OriginalSaleId));
end;

procedure TComgateWorker.Moto(const SaleId: string; Amount: Currency; const CurrencyCode: string);
begin
  Run(TComgateRequest.CreateMoto(SaleId, Amount, CurrencyCode));
end;

procedure TComgateWorker.Run(Request: TComgateRequest);
begin
  try
    EnsureIdle;
  except
    Request.Free;
    raise;
  end;
  // From here on the job frees the request.
  Start(TRequestJob.Create(Self, Request));
end;

procedure TComgateWorker.SignatureResult(const SaleId: string; Accepted: Boolean);
begin
  EnsureIdle;
  Start(TSaleJob.Create(Self, stSignatureResult, SaleId, Accepted, ''));
end;

procedure TComgateWorker.Query(const SaleId: string);
begin
  EnsureIdle;
  Start(TSaleJob.Create(Self, stQuery, SaleId, False, ''));
end;

procedure TComgateWorker.Resolve(const SaleId: string; Charged: Boolean; const Note: string);
begin
  EnsureIdle;
  Start(TSaleJob.Create(Self, stResolve, SaleId, Charged, Note));
end;

procedure TComgateWorker.Info;
begin
  EnsureIdle;
  Start(TInfoJob.Create(Self, itInfo));
end;

procedure TComgateWorker.Status(CheckOnline: Boolean);
const
  TASKS: array [Boolean] of TInfoTask = (itStatus, itOnlineStatus);
begin
  EnsureIdle;
  Start(TInfoJob.Create(Self, TASKS[CheckOnline]));
end;

procedure TComgateWorker.Recover(BudgetMs: Integer);
begin
  EnsureIdle;
  Start(TRecoverJob.Create(Self, BudgetMs));
end;

procedure TComgateWorker.Cancel;
begin
  if FJob = nil then
    Exit;
  // The terminal forgets a wish that comes before the thread has begun.
  FCancel := True;
  FTerminal.Cancel;
end;

function TComgateWorker.IsBusy: Boolean;
begin
  Result := FBusy;
end;

{$IFDEF MSWINDOWS}

initialization

finalization
  // It fails while there is a window, which is what is wanted.
  UnregisterClass(WINDOW_CLASS, HInstance);

{$ENDIF}

end.
