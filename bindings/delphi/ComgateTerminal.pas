(*
  comgate-terminal: card payments on Comgate touch-screen terminals, as a class.
  Unofficial, not affiliated with Comgate.

  For Delphi 7 to 12 on 32- and 64-bit Windows, and for Free Pascal in a Delphi mode on Windows and Linux. Add
  ComgateTerminalOutcome to the uses clause for the types of outcomes and errors, and ComgateTerminalApi for the numbers
  CGT_. Put comgate_terminal.dll beside the EXE.

      Terminal := TComgateTerminal.Create('192.168.1.105');
      Terminal.SetJournalDir('C:\Pokladna\terminal');    // a folder that exists, one for each register
      Terminal.OnRecovered := StoreRecovered;            // sets Stored := True once the till has stored the outcome
      Terminal.Recover;                                  // at start-up: what the last power cut left open

      Outcome := Terminal.Pay('2026-11-23/1/42', 125.50);
      case Outcome.Verdict of
        cvApproved: begin Store(Outcome); Terminal.Acknowledge(Outcome.SaleId) end;
        cvUnknown: StopAndShow(Outcome.AdviceText);      // not paid, not unpaid: never charge again now
      else
        ShowNotPaid(Outcome.AdviceText);                 // cvDeclined, cvCancelled, cvNotStarted
      end;

  These calls wait for the customer. A program with windows pays in a thread: TComgateWorker in
  ComgateTerminalWorker.pas.

  EComgateError is raised, and only where there is no outcome: see ComgateTerminalOutcome. Where the library cannot be
  loaded, the first call raises ECgtLoad.
*)
unit ComgateTerminal;

{$I ComgateTerminal.inc}

interface

uses
  {$IFDEF MSWINDOWS}Windows,{$ENDIF} SysUtils, ComgateTerminalApi, ComgateTerminalText, ComgateTerminalOutcome;

type
  TComgateTerminal = class;
  TComgateOutcomes = array of IComgateOutcome;
  TComgateStrings = array of string;

  { The events are called in the thread of the call that they belong to, during that call. One that raises makes the
    operation end as after a cancel, and then the call raises EComgateEventError. }

  { Phase is a CGT_PHASE_ number, Text what to show the cashier, in the language of SetLanguage: the code words of the
    terminal in a person's words, anything else as the terminal writes it. Never decide by it. }
  TComgateStatusEvent = procedure(Sender: TObject; Phase: Integer; const Text: string) of object;

  { Asked every 100 ms. Cancel is False before. }
  TComgateCancelEvent = procedure(Sender: TObject; var Cancel: Boolean) of object;

  { The steps of a payment: Event is a CGT_EVENT_ number. }
  TComgatePaymentEvent = procedure(Sender: TObject; Event: Integer; const SaleId, TransactionId: string) of object;

  { Told by Recover. Stored is False before; an outcome that is Stored and not cvUnknown is acknowledged, any other one
    is told again next time. }
  TComgateRecoveredEvent = procedure(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean) of object;

  { Who the terminal is. The last three are known after TComgateTerminal.Status(True). }
  TComgateInfo = record
    Id, Protocol, Version, BasePath: string;
    // The paths that answered, separated by commas; after TComgateTerminal.Info.
    Versions: string;
    // It names itself a simulator.
    Simulator: Boolean;
    // It reached its authorization server.
    Online: Boolean;
    OnlineStatus: string;
    Time: string;
  end;

  { What is asked of a terminal, where the methods of TComgateTerminal do not say enough. Kind is CGT_KIND_PAYMENT and
    so on, Id the register's own number of it. The owner frees it, also right after StartRequest. }
  TComgateRequest = class
  private
    FHandle: PCgtRequest;
    procedure Check(Code: Integer);
  public
    constructor Create(Kind: Integer; const Id: string);
    // The usual ones; see the methods of TComgateTerminal.
    constructor CreatePayment(const SaleId: string; Amount: Currency; const CurrencyCode: string = 'CZK');
    constructor CreateRefund(const RefundId: string; Amount: Currency; const CurrencyCode: string = 'CZK';
      const OriginalSaleId: string = '');
    constructor CreateReversal(const ReversalId, OriginalSaleId: string);
    constructor CreateClosing(const ClosingId: string);
    constructor CreatePreauth(const PreauthId: string; Amount: Currency; const CurrencyCode: string = 'CZK');
    constructor CreatePreauthCompletion(const CompletionId, OriginalSaleId: string; Amount: Currency;
      const CurrencyCode: string = 'CZK');
    constructor CreatePreauthCancel(const CancelId, OriginalSaleId: string);
    constructor CreateMoto(const SaleId: string; Amount: Currency; const CurrencyCode: string = 'CZK');
    destructor Destroy; override;
    procedure SetAmount(Amount: Currency; const CurrencyCode: string);
    // Variable symbol, 1 to 20 bytes.
    procedure SetInvoiceNumber(const Value: string);
    // The sale of this register that is reversed or refunded, or the pre-authorization that is completed or cancelled. An
    // original is named in one of these three ways only.
    procedure SetOriginal(const SaleId: string);
    // The same by its transaction, of whichever register of the journal folder.
    procedure SetOriginalTransaction(const TransactionId: string);
    // A sale of another register of the journal folder; '' is the one without a name. It is taken back once, and never more
    // of it is given back than was paid, whichever register asks.
    procedure SetOriginalOf(const RegisterId, SaleId: string);
    procedure SetDaughterCompanyId(const Value: string);
    // For CGT_KIND_OTHER: the name of the terminal's function.
    procedure SetEndpoint(const Value: string);
    // More members for the request, as a JSON object. CGT_KIND_MOTO has none: card data are typed on the terminal.
    procedure SetExtra(const Json: string);
  end;

  { An operation under way, from TComgateTerminal.StartPayment. Call Step until it is done, then Finish; free it in any
    case. Freed before the end it lets go: the terminal is asked to cancel, then looked at for up to 10 s more, and what
    is still not known stays in the journal for Recover. }
  TComgateOperation = class
  private
    FTerminal: TComgateTerminal;
    FHandle: PCgtOp;
    procedure EnterCall;
    procedure LetGo;
  public
    // For TComgateTerminal.
    constructor Create(Terminal: TComgateTerminal; Handle: PCgtOp);
    // Refused (EComgateError) in an event.
    procedure BeforeDestruction; override;
    destructor Destroy; override;
    // Waits at most so long, goes on by one step, and tells whether it is done. From a timer: 0. Most steps are one
    // exchange with the terminal. At the start there are several in one, and the last step may take up to about 25 s.
    function Step(WaitMs: Integer): Boolean;
    function Finish: IComgateOutcome;
  end;

  { A payment terminal at one address, with the journal of what was paid on it. One thread at a time may use it; Cancel
    and IsBusy may be called from any thread, and from an event. }
  TComgateTerminal = class
  private
    FHandle: PCgtTerminal;
    FInCall: Integer;
    // How the program treats floating point errors, for its events during a call.
    FOutside: TCgtFpu;
    // What an event raised during a call.
    FRaised: TObject;
    FOperation: TComgateOperation;
    FFound: TComgateOutcomes;
    FOnStatus: TComgateStatusEvent;
    FOnCancelQuery: TComgateCancelEvent;
    FOnPayment: TComgatePaymentEvent;
    FOnRecovered: TComgateRecoveredEvent;
    procedure Check(Code: Integer);
    procedure EnterCall;
    procedure LeaveCall;
    procedure BeginCall;
    procedure EndCall(Code: Integer);
    function EndWithOutcome(Code: Integer; Handle: PCgtOutcome): IComgateOutcome;
    procedure Conclude(Code: Integer; const Outcome: IComgateOutcome);
    procedure RaiseKept(Code: Integer; const Outcome: IComgateOutcome);
    procedure KeepRaised;
    procedure DropRaised;
    function RunAndFree(Request: TComgateRequest): IComgateOutcome;
    function WantsCancel: Boolean;
    procedure AddFound(Lent: PCgtOutcome);
    function TellAllFound(const Found: TComgateOutcomes): IComgateOutcome;
    procedure TellFound(const Outcome: IComgateOutcome);
    function IsSet(Field: Integer): Boolean;
    function ReadInfo: TComgateInfo;
  public
    // Host: a name or an address, without http:// and port. Nothing is sent yet.
    constructor Create(const Host: string);
    // Refused (EComgateError) in an event. An operation under way is let go.
    procedure BeforeDestruction; override;
    destructor Destroy; override;

    { Settings; comgate_terminal.h says what is allowed. }

    procedure SetPort(Value: Integer);
    procedure SetSecureString(const Value: string);
    procedure SetJournalDir(const Value: string);
    procedure AllowAnyDrive(Value: Boolean);
    procedure AllowNoJournal(Value: Boolean);
    procedure AllowSimulator(Value: Boolean);
    procedure SetRetentionDays(Value: Integer);
    procedure SetTimeouts(ConnectMs: Integer; ReplyMs: Integer = -1; PatienceMs: Integer = -1);
    procedure SetPollInterval(Value: Integer);
    procedure SetApiVersion(Value: Integer);
    procedure SetTerminalId(const Value: string);
    procedure SetLanguage(const Value: string);
    procedure SetRegisterId(const Value: string);
    procedure SetCashier(const Value: string);
    procedure SetDaughterCompanyId(const Value: string);
    // What a response code means that the library does not know (CGT_E_CODE_NOT_LISTED): exactly as the terminal writes it.
    // Meaning is CGT_CODE_APPROVES, CGT_CODE_REFUSES or CGT_CODE_FORGET. Only after a person has made sure.
    procedure SetResponseCode(const ResponseCode: string; Meaning: Integer);
    // Accepts payments that the terminal approves for less than was asked for: they are cvApproved, with Partial, and the
    // advice names the rest to be collected. Otherwise (the default) such a payment is cvUnknown and is never confirmed.
    // More than was asked for, and another currency, are never accepted. It holds for the payments that begin from now on.
    procedure AcceptPartial(Value: Boolean);
    // Takes what a payment was charged beyond its amount for a tip, up to so many percent, 0 to 100, where the terminal
    // names none. 0 is off (the default): then such a payment is cvUnknown.
    procedure SetTipLimit(Percent: Integer);
    // Goes on with a journal that has lost lines and cannot be put back, once a person has looked; Note: who and why.
    procedure AcceptJournalLoss(const Note: string);

    { Money. Each waits for the end and gives an outcome, whatever it says. The ids are the register's own numbers, 1 to
      64 bytes in UTF-8 without white space at an end, and the same again when the same thing is tried again: that is
      how nothing is done twice. }

    function Pay(const SaleId: string; Amount: Currency; const CurrencyCode: string = 'CZK'): IComgateOutcome;
    // Money back to a card, with or without the sale that it belongs to.
    function Refund(const RefundId: string; Amount: Currency; const CurrencyCode: string = 'CZK';
      const OriginalSaleId: string = ''): IComgateOutcome;
    // Takes back a whole sale. As far as is known, terminals take back their last payment only: of any other the outcome
    // is cvNotStarted with the reason CGT_E_REQUEST_REFUSED, and the sale stays what it was. Refund it instead.
    function Reverse(const ReversalId, OriginalSaleId: string): IComgateOutcome;
    // Closes the terminal's batch.
    function Closing(const ClosingId: string): IComgateOutcome;
    // Reserves an amount on the customer's card, and takes nothing yet: cvApproved means reserved, not paid. It is ended
    // once, by PreauthComplete or PreauthCancel, and neither refunded nor reversed.
    function Preauth(const PreauthId: string; Amount: Currency; const CurrencyCode: string = 'CZK'): IComgateOutcome;
    // Takes the money of a pre-authorization, all that is reserved or less: cvApproved means paid. More, or another
    // currency, is refused (CGT_E_BEYOND_ORIGINAL). It is refunded and reversed under CompletionId.
    function PreauthComplete(const CompletionId, OriginalSaleId: string; Amount: Currency;
      const CurrencyCode: string = 'CZK'): IComgateOutcome;
    // Nothing is reserved any more: the pre-authorization is cvCancelled from then on. Also for one that is cvUnknown.
    function PreauthCancel(const CancelId, OriginalSaleId: string): IComgateOutcome;
    // A payment by mail or phone: somebody types the card's data on the terminal; they are never sent.
    function Moto(const SaleId: string; Amount: Currency; const CurrencyCode: string = 'CZK'): IComgateOutcome;
    // The answer where an outcome has SignatureRequired. Rejected, the sale is reversed (a pre-authorization is
    // cancelled), and that is the outcome.
    function SignatureResult(const SaleId: string; Accepted: Boolean): IComgateOutcome;
    function Run(Request: TComgateRequest): IComgateOutcome;
    // The same in steps. Nothing is sent yet; the terminal is busy until the operation is freed.
    function StartPayment(const SaleId: string; Amount: Currency;
      const CurrencyCode: string = 'CZK'): TComgateOperation;
    function StartRequest(Request: TComgateRequest): TComgateOperation;
    // Asks for the running operation to be cancelled, and returns at once. Its outcome may still be cvApproved.
    procedure Cancel;
    function IsBusy: Boolean;

    { After a crash, after a sale }

    // Finds out what became of the sales that are not settled between terminal and register, and calls OnRecovered for
    // each; gives their number. Call it at start-up and whenever a verdict was cvUnknown.
    function Recover(BudgetMs: Integer = 30000): Integer;
    // What the journal knows of a sale; nil when it knows none. Nothing is sent.
    function Find(const SaleId: string): IComgateOutcome;
    // The same, after asking the terminal for at most 10 s about a sale of which it may know more: not decided, decided
    // by a person, or its start refused within the last day; an error when there is none.
    function Query(const SaleId: string): IComgateOutcome;
    // The till has stored the outcome of this sale. Call it after each cvApproved. It means the newest outcome that this
    // object has given out; where it has given out none, as after a restart, it is the error 115: Recover first, or
    // acknowledge what is stored by its transaction.
    procedure Acknowledge(const SaleId: string);
    procedure AcknowledgeTransaction(const TransactionId: string);
    // For TComgateWorker: what Recover does after OnRecovered.
    procedure AcknowledgeStored(const Outcome: IComgateOutcome; Stored: Boolean);
    // A person has found out whether an undecided sale was charged. Note: who and why, 1 to 200 bytes.
    procedure Resolve(const SaleId: string; Charged: Boolean; const Note: string);
    procedure UnresolvedCount(out Undecided, Unacknowledged: Integer);

    { Asking the terminal; no money moves }

    function Info: TComgateInfo;
    // Tests the secureString as well; with CheckOnline also whether the terminal reaches its authorization server.
    function Status(CheckOnline: Boolean = True): TComgateInfo;

    // The ids of the companies that share the terminal, for SetDaughterCompanyId. Empty: it has one company, and needs no id.
    // Another terminal with one company is the error CGT_E_NOT_SUPPORTED. Ids that cannot be sent are left out.
    function DaughterCompanies: TComgateStrings;
    // One exchange with another function of the terminal, which moves no money; gives its reply. After an error of the
    // terminal, GetText(CGT_T_REPLY) may have what it said.
    function Exchange(const Endpoint, Json: string): string;
    // What the last Info, Status or Exchange told, by its number, CGT_T_; empty where it told nothing.
    function GetText(Field: Integer): string;

    property Handle: PCgtTerminal read FHandle;
    property OnStatus: TComgateStatusEvent read FOnStatus write FOnStatus;
    property OnCancelQuery: TComgateCancelEvent read FOnCancelQuery write FOnCancelQuery;
    property OnPayment: TComgatePaymentEvent read FOnPayment write FOnPayment;
    property OnRecovered: TComgateRecoveredEvent read FOnRecovered write FOnRecovered;
  end;

  { One line of the library's log. Level is 1 for a problem, 2 for a decision, 3 for an exchange with the terminal. }
  TComgateLogProcedure = procedure(Level: Integer; const Text: string);

{ Has the log of the library told, of all terminals of the program, up to this level; nil turns it off. No secureString
  and no card number is ever in it.

  The procedure is called in the thread of whatever call is under way: where there are several threads, in several at
  the same time. It must not use a terminal. What it raises is lost. It must stay where it is until the program ends,
  and not be in a package that is unloaded: another thread may still be about to call it when it has been replaced. }
procedure ComgateLog(Log: TComgateLogProcedure; Level: Integer = 2);

implementation

{ What is raised, and arguments }

procedure CheckCode(Code: Integer; Terminal: PCgtTerminal);
begin
  if Code <> CGT_CALL_OK then
    raise EComgateError.Create(Code, CgtLastError(Terminal), nil, CgtLastAdvice(Terminal));
end;

{ A text argument. The library takes a zero for its end, and would not see what comes after it. }
function TextArgument(const Name, Value: string): UTF8String;
begin
  if Pos(#0, Value) > 0 then
    raise EComgateError.Create(CGT_E_TEXT, Name + ': the character 0 is not allowed');
  Result := CgtToUtf8(Value);
end;

{ An amount in minor units. What has a remainder is refused: to round it would charge something else than was said. }
function AmountArgument(Amount: Currency): Int64;
const
  LARGEST = 999999999999;
begin
  if not CgtToMinor(Amount, Result) then
    raise EComgateError.Create(CGT_E_AMOUNT,
      'Amount: ' + CurrToStr(Amount) + ' has more decimals than the currency; two are allowed');
  // The library would say so as well, but in minor units.
  if (Result < 1) or (Result > LARGEST) then
    raise EComgateError.Create(CGT_E_AMOUNT,
      'Amount: ' + CurrToStr(Amount) + ' is not allowed; 0.01 to 9999999999.99 is');
end;

{ Reads an outcome that is ours, and frees it; nil for none. }
function TakenOutcome(Handle: PCgtOutcome): IComgateOutcome;
begin
  Result := nil;
  if Handle = nil then
    Exit;
  Result := ComgateOutcomeOf(Handle);
  cgt_outcome_free(Handle);
end;

{ Callbacks. They are called in the middle of the library; nothing may be raised through it. }

function StatusCallback(User: Pointer; Phase: Integer; Text: PAnsiChar): Integer; cdecl;
var
  Inside: TCgtFpu;
  Terminal: TComgateTerminal;
begin
  Result := 0;
  Terminal := TComgateTerminal(User);
  if not Assigned(Terminal.FOnStatus) then
    Exit;
  CgtFpuEnter(Inside);
  CgtFpuLeave(Terminal.FOutside);
  try
    Terminal.FOnStatus(Terminal, Phase, CgtFromUtf8(CgtFromPointer(Text)));
  except
    Terminal.KeepRaised;
  end;
  CgtFpuLeave(Inside);
end;

function CancelCallback(User: Pointer): Integer; cdecl;
var
  Inside: TCgtFpu;
  Terminal: TComgateTerminal;
begin
  Terminal := TComgateTerminal(User);
  CgtFpuEnter(Inside);
  CgtFpuLeave(Terminal.FOutside);
  try
    Result := Ord(Terminal.WantsCancel);
  except
    Terminal.KeepRaised;
    Result := 1;
  end;
  CgtFpuLeave(Inside);
end;

function PaymentCallback(User: Pointer; Event: Integer; SaleId, TransactionId: PAnsiChar): Integer; cdecl;
var
  Inside: TCgtFpu;
  Terminal: TComgateTerminal;
begin
  Result := 0;
  Terminal := TComgateTerminal(User);
  if not Assigned(Terminal.FOnPayment) then
    Exit;
  CgtFpuEnter(Inside);
  CgtFpuLeave(Terminal.FOutside);
  try
    Terminal.FOnPayment(Terminal, Event, CgtFromUtf8(CgtFromPointer(SaleId)),
      CgtFromUtf8(CgtFromPointer(TransactionId)));
  except
    Terminal.KeepRaised;
  end;
  CgtFpuLeave(Inside);
end;

function FoundCallback(User: Pointer; Lent: PCgtOutcome): Integer; cdecl;
var
  Inside: TCgtFpu;
  Terminal: TComgateTerminal;
begin
  Terminal := TComgateTerminal(User);
  CgtFpuEnter(Inside);
  CgtFpuLeave(Terminal.FOutside);
  try
    Terminal.AddFound(Lent);
  except
    Terminal.KeepRaised;
  end;
  CgtFpuLeave(Inside);
  // Not stored yet: the event is called after this call, where it may use the terminal.
  Result := 0;
end;

var
  // How the program treats floating point errors, for its log.
  LogOutside: TCgtFpu;

function LogCallback(User: Pointer; Level: Integer; Text: PAnsiChar): Integer; cdecl;
var
  Inside: TCgtFpu;
  Log: TComgateLogProcedure;
begin
  Result := 0;
  Log := TComgateLogProcedure(User);
  CgtFpuEnter(Inside);
  CgtFpuLeave(LogOutside);
  try
    Log(Level, CgtFromUtf8(CgtFromPointer(Text)));
  except
    // A log that cannot be written stops no payment.
  end;
  CgtFpuLeave(Inside);
end;

procedure ComgateLog(Log: TComgateLogProcedure; Level: Integer);
begin
  if not Assigned(Log) then
  begin
    CheckCode(cgt_log_set(nil, nil, 0), nil);
    Exit;
  end;
  CgtFpuRead(LogOutside);
  CheckCode(cgt_log_set(LogCallback, @Log, Level), nil);
end;

{ TComgateRequest }

constructor TComgateRequest.Create(Kind: Integer; const Id: string);
var
  Text: UTF8String;
begin
  inherited Create;
  Text := TextArgument('Id', Id);
  Check(cgt_request_new(Kind, PAnsiChar(Text), FHandle));
end;

constructor TComgateRequest.CreatePayment(const SaleId: string; Amount: Currency; const CurrencyCode: string);
begin
  Create(CGT_KIND_PAYMENT, SaleId);
  SetAmount(Amount, CurrencyCode);
end;

constructor TComgateRequest.CreateRefund(const RefundId: string; Amount: Currency; const CurrencyCode,
  OriginalSaleId: string);
begin
  Create(CGT_KIND_REFUND, RefundId);
  SetAmount(Amount, CurrencyCode);
  if OriginalSaleId <> '' then
    SetOriginal(OriginalSaleId);
end;

constructor TComgateRequest.CreateReversal(const ReversalId, OriginalSaleId: string);
begin
  Create(CGT_KIND_REVERSAL, ReversalId);
  SetOriginal(OriginalSaleId);
end;

constructor TComgateRequest.CreateClosing(const ClosingId: string);
begin
  Create(CGT_KIND_CLOSING, ClosingId);
end;

constructor TComgateRequest.CreatePreauth(const PreauthId: string; Amount: Currency; const CurrencyCode: string);
begin
  Create(CGT_KIND_PREAUTH, PreauthId);
  SetAmount(Amount, CurrencyCode);
end;

constructor TComgateRequest.CreatePreauthCompletion(const CompletionId, OriginalSaleId: string; Amount: Currency;
  const CurrencyCode: string);
begin
  Create(CGT_KIND_PREAUTH_COMPLETION, CompletionId);
  SetOriginal(OriginalSaleId);
  SetAmount(Amount, CurrencyCode);
end;

constructor TComgateRequest.CreatePreauthCancel(const CancelId, OriginalSaleId: string);
begin
  Create(CGT_KIND_PREAUTH_CANCEL, CancelId);
  SetOriginal(OriginalSaleId);
end;

constructor TComgateRequest.CreateMoto(const SaleId: string; Amount: Currency; const CurrencyCode: string);
begin
  Create(CGT_KIND_MOTO, SaleId);
  SetAmount(Amount, CurrencyCode);
end;

destructor TComgateRequest.Destroy;
begin
  if FHandle <> nil then
    cgt_request_free(FHandle);
  inherited;
end;

procedure TComgateRequest.Check(Code: Integer);
begin
  CheckCode(Code, nil);
end;

procedure TComgateRequest.SetAmount(Amount: Currency; const CurrencyCode: string);
var
  Minor: Int64;
begin
  Minor := AmountArgument(Amount);
  Check(cgt_request_set_amount(FHandle, Minor, PAnsiChar(TextArgument('CurrencyCode', CurrencyCode))));
end;

procedure TComgateRequest.SetInvoiceNumber(const Value: string);
begin
  Check(cgt_request_set_invoice_number(FHandle, PAnsiChar(TextArgument('InvoiceNumber', Value))));
end;

procedure TComgateRequest.SetOriginal(const SaleId: string);
begin
  Check(cgt_request_set_original(FHandle, PAnsiChar(TextArgument('SaleId', SaleId))));
end;

procedure TComgateRequest.SetOriginalTransaction(const TransactionId: string);
begin
  Check(cgt_request_set_original_transaction(FHandle, PAnsiChar(TextArgument('TransactionId', TransactionId))));
end;

procedure TComgateRequest.SetOriginalOf(const RegisterId, SaleId: string);
var
  Register, Sale: UTF8String;
begin
  Register := TextArgument('RegisterId', RegisterId);
  Sale := TextArgument('SaleId', SaleId);
  Check(cgt_request_set_original_of(FHandle, PAnsiChar(Register), PAnsiChar(Sale)));
end;

procedure TComgateRequest.SetDaughterCompanyId(const Value: string);
begin
  Check(cgt_request_set_daughter_company_id(FHandle, PAnsiChar(TextArgument('DaughterCompanyId', Value))));
end;

procedure TComgateRequest.SetEndpoint(const Value: string);
begin
  Check(cgt_request_set_endpoint(FHandle, PAnsiChar(TextArgument('Endpoint', Value))));
end;

procedure TComgateRequest.SetExtra(const Json: string);
begin
  Check(cgt_request_set_extra(FHandle, PAnsiChar(TextArgument('Json', Json))));
end;

{ TComgateOperation }

constructor TComgateOperation.Create(Terminal: TComgateTerminal; Handle: PCgtOp);
begin
  inherited Create;
  FTerminal := Terminal;
  FHandle := Handle;
  Terminal.FOperation := Self;
end;

procedure TComgateOperation.BeforeDestruction;
begin
  if (FTerminal <> nil) and (FTerminal.FInCall <> 0) then
    raise EComgateError.Create(CGT_E_BUSY, 'the operation cannot be freed in one of its events');
  inherited;
end;

destructor TComgateOperation.Destroy;
begin
  LetGo;
  inherited;
end;

procedure TComgateOperation.EnterCall;
begin
  if FTerminal = nil then
    raise EComgateError.Create(CGT_E_HANDLE, 'the terminal of this operation was freed');
  FTerminal.EnterCall;
end;

{ The end of it, when it is freed or its terminal is. }
procedure TComgateOperation.LetGo;
begin
  if FTerminal = nil then
    Exit;
  FTerminal.EnterCall;
  cgt_op_free(FHandle);
  FTerminal.LeaveCall;
  // What an event raised was for Finish to tell.
  FTerminal.DropRaised;
  FTerminal.FOperation := nil;
  FTerminal := nil;
end;

function TComgateOperation.Step(WaitMs: Integer): Boolean;
var
  Code, Done: Integer;
begin
  EnterCall;
  Code := cgt_step(FHandle, WaitMs, Done);
  FTerminal.LeaveCall;
  // What an event raised is told by Finish, together with the outcome.
  FTerminal.Check(Code);
  Result := Done = 1;
end;

function TComgateOperation.Finish: IComgateOutcome;
var
  Code, Verdict: Integer;
  Handle: PCgtOutcome;
begin
  EnterCall;
  Code := cgt_finish(FHandle, Verdict, @Handle);
  if Code <> CGT_E_ORDER then
    Result := FTerminal.EndWithOutcome(Code, Handle)
  else
  begin
    // It has not ended yet.
    FTerminal.LeaveCall;
    FTerminal.Check(Code);
  end;
end;

{ TComgateTerminal }

constructor TComgateTerminal.Create(const Host: string);
begin
  inherited Create;
  CheckCode(cgt_terminal_new(PAnsiChar(TextArgument('Host', Host)), FHandle), nil);
  Check(cgt_terminal_on_status(FHandle, StatusCallback, Self));
  Check(cgt_terminal_on_cancel(FHandle, CancelCallback, Self));
  Check(cgt_terminal_on_payment(FHandle, PaymentCallback, Self));
end;

procedure TComgateTerminal.BeforeDestruction;
begin
  if FInCall <> 0 then
    raise EComgateError.Create(CGT_E_BUSY, 'the terminal cannot be freed in one of its events');
  inherited;
end;

destructor TComgateTerminal.Destroy;
begin
  if FOperation <> nil then
    FOperation.LetGo;
  DropRaised;
  if FHandle <> nil then
    cgt_terminal_free(FHandle);
  inherited;
end;

{ Calls in which events may be called }

procedure TComgateTerminal.Check(Code: Integer);
begin
  CheckCode(Code, FHandle);
end;

procedure TComgateTerminal.EnterCall;
begin
  if InterlockedExchange(FInCall, 1) <> 0 then
    raise EComgateError.Create(CGT_E_BUSY,
      'the terminal is in use by another call: another thread, or the call whose event this is');
  CgtFpuRead(FOutside);
end;

procedure TComgateTerminal.LeaveCall;
begin
  InterlockedExchange(FInCall, 0);
end;

procedure TComgateTerminal.BeginCall;
begin
  EnterCall;
  // In the middle of an operation the library refuses the call; what an event has raised belongs to the operation.
  if FOperation = nil then
    DropRaised;
end;

procedure TComgateTerminal.EndCall(Code: Integer);
begin
  LeaveCall;
  Conclude(Code, nil);
end;

function TComgateTerminal.EndWithOutcome(Code: Integer; Handle: PCgtOutcome): IComgateOutcome;
begin
  LeaveCall;
  Result := TakenOutcome(Handle);
  Conclude(Code, Result);
end;

procedure TComgateTerminal.Conclude(Code: Integer; const Outcome: IComgateOutcome);
var
  Refused: Boolean;
begin
  Refused := (FOperation <> nil) and (Code = CGT_E_BUSY);
  if (FRaised <> nil) and not Refused then
    RaiseKept(Code, Outcome);
  Check(Code);
end;

procedure TComgateTerminal.RaiseKept(Code: Integer; const Outcome: IComgateOutcome);
var
  Cause: TObject;
  Detail, Advice: string;
begin
  Cause := FRaised;
  FRaised := nil;
  Advice := '';
  Detail := 'an event raised ' + Cause.ClassName;
  if Cause is Exception then
    Detail := Detail + ': ' + Exception(Cause).Message;
  if Code <> CGT_CALL_OK then
  begin
    Detail := Detail + '; the call has no outcome: ' + CgtLastError(FHandle);
    Advice := CgtLastAdvice(FHandle);
  end;
  raise EComgateEventError.Create(Cause, Code, Detail, Outcome, Advice);
end;

procedure TComgateTerminal.KeepRaised;
begin
  // The first one is the one to tell; others often follow from it.
  if FRaised = nil then
    FRaised := TObject(AcquireExceptionObject);
end;

procedure TComgateTerminal.DropRaised;
begin
  FreeAndNil(FRaised);
end;

function TComgateTerminal.WantsCancel: Boolean;
begin
  Result := FRaised <> nil;
  if not Result and Assigned(FOnCancelQuery) then
    FOnCancelQuery(Self, Result);
end;

{ Settings }

procedure TComgateTerminal.SetPort(Value: Integer);
begin
  Check(cgt_terminal_set_port(FHandle, Value));
end;

procedure TComgateTerminal.SetSecureString(const Value: string);
begin
  Check(cgt_terminal_set_secure_string(FHandle, PAnsiChar(TextArgument('SecureString', Value))));
end;

procedure TComgateTerminal.SetJournalDir(const Value: string);
begin
  Check(cgt_terminal_set_journal_dir(FHandle, PAnsiChar(TextArgument('JournalDir', Value))));
end;

procedure TComgateTerminal.AllowAnyDrive(Value: Boolean);
begin
  Check(cgt_terminal_allow_any_drive(FHandle, Ord(Value)));
end;

procedure TComgateTerminal.AllowNoJournal(Value: Boolean);
begin
  Check(cgt_terminal_allow_no_journal(FHandle, Ord(Value)));
end;

procedure TComgateTerminal.AllowSimulator(Value: Boolean);
begin
  Check(cgt_terminal_allow_simulator(FHandle, Ord(Value)));
end;

procedure TComgateTerminal.SetRetentionDays(Value: Integer);
begin
  Check(cgt_terminal_set_retention_days(FHandle, Value));
end;

procedure TComgateTerminal.SetTimeouts(ConnectMs, ReplyMs, PatienceMs: Integer);
begin
  Check(cgt_terminal_set_timeouts(FHandle, ConnectMs, ReplyMs, PatienceMs));
end;

procedure TComgateTerminal.SetPollInterval(Value: Integer);
begin
  Check(cgt_terminal_set_poll_interval(FHandle, Value));
end;

procedure TComgateTerminal.SetApiVersion(Value: Integer);
begin
  Check(cgt_terminal_set_api_version(FHandle, Value));
end;

procedure TComgateTerminal.SetTerminalId(const Value: string);
begin
  Check(cgt_terminal_set_terminal_id(FHandle, PAnsiChar(TextArgument('TerminalId', Value))));
end;

procedure TComgateTerminal.SetLanguage(const Value: string);
begin
  Check(cgt_terminal_set_language(FHandle, PAnsiChar(TextArgument('Language', Value))));
end;

procedure TComgateTerminal.SetRegisterId(const Value: string);
begin
  Check(cgt_terminal_set_register_id(FHandle, PAnsiChar(TextArgument('RegisterId', Value))));
end;

procedure TComgateTerminal.SetCashier(const Value: string);
begin
  Check(cgt_terminal_set_cashier(FHandle, PAnsiChar(TextArgument('Cashier', Value))));
end;

procedure TComgateTerminal.SetDaughterCompanyId(const Value: string);
begin
  Check(cgt_terminal_set_daughter_company_id(FHandle, PAnsiChar(TextArgument('DaughterCompanyId', Value))));
end;

procedure TComgateTerminal.SetResponseCode(const ResponseCode: string; Meaning: Integer);
begin
  Check(cgt_terminal_set_response_code(FHandle, PAnsiChar(TextArgument('ResponseCode', ResponseCode)), Meaning));
end;

procedure TComgateTerminal.AcceptPartial(Value: Boolean);
begin
  Check(cgt_terminal_accept_partial(FHandle, Ord(Value)));
end;

procedure TComgateTerminal.SetTipLimit(Percent: Integer);
begin
  Check(cgt_terminal_set_tip_limit(FHandle, Percent));
end;

procedure TComgateTerminal.AcceptJournalLoss(const Note: string);
begin
  Check(cgt_journal_accept_loss(FHandle, PAnsiChar(TextArgument('Note', Note))));
end;

{ Money }

function TComgateTerminal.Pay(const SaleId: string; Amount: Currency; const CurrencyCode: string): IComgateOutcome;
begin
  Result := RunAndFree(TComgateRequest.CreatePayment(SaleId, Amount, CurrencyCode));
end;

function TComgateTerminal.Refund(const RefundId: string; Amount: Currency; const CurrencyCode,
  OriginalSaleId: string): IComgateOutcome;
begin
  Result := RunAndFree(TComgateRequest.CreateRefund(RefundId, Amount, CurrencyCode, OriginalSaleId));
end;

function TComgateTerminal.Reverse(const ReversalId, OriginalSaleId: string): IComgateOutcome;
begin
  Result := RunAndFree(TComgateRequest.CreateReversal(ReversalId, OriginalSaleId));
end;

function TComgateTerminal.Closing(const ClosingId: string): IComgateOutcome;
begin
  Result := RunAndFree(TComgateRequest.CreateClosing(ClosingId));
end;

function TComgateTerminal.Preauth(const PreauthId: string; Amount: Currency;
  const CurrencyCode: string): IComgateOutcome;
begin
  Result := RunAndFree(TComgateRequest.CreatePreauth(PreauthId, Amount, CurrencyCode));
end;

function TComgateTerminal.PreauthComplete(const CompletionId, OriginalSaleId: string; Amount: Currency;
  const CurrencyCode: string): IComgateOutcome;
begin
  Result := RunAndFree(TComgateRequest.CreatePreauthCompletion(CompletionId, OriginalSaleId, Amount, CurrencyCode));
end;

function TComgateTerminal.PreauthCancel(const CancelId, OriginalSaleId: string): IComgateOutcome;
begin
  Result := RunAndFree(TComgateRequest.CreatePreauthCancel(CancelId, OriginalSaleId));
end;

function TComgateTerminal.Moto(const SaleId: string; Amount: Currency; const CurrencyCode: string): IComgateOutcome;
begin
  Result := RunAndFree(TComgateRequest.CreateMoto(SaleId, Amount, CurrencyCode));
end;

function TComgateTerminal.RunAndFree(Request: TComgateRequest): IComgateOutcome;
begin
  try
    Result := Run(Request);
  finally
    Request.Free;
  end;
end;

function TComgateTerminal.SignatureResult(const SaleId: string; Accepted: Boolean): IComgateOutcome;
var
  Sale: UTF8String;
  Code, Verdict: Integer;
  Handle: PCgtOutcome;
begin
  Sale := TextArgument('SaleId', SaleId);
  BeginCall;
  Code := cgt_signature_result(FHandle, PAnsiChar(Sale), Ord(Accepted), Verdict, @Handle);
  Result := EndWithOutcome(Code, Handle);
end;

function TComgateTerminal.Run(Request: TComgateRequest): IComgateOutcome;
var
  Code, Verdict: Integer;
  Handle: PCgtOutcome;
begin
  BeginCall;
  Code := cgt_run(FHandle, Request.FHandle, Verdict, @Handle);
  Result := EndWithOutcome(Code, Handle);
end;

function TComgateTerminal.StartPayment(const SaleId: string; Amount: Currency;
  const CurrencyCode: string): TComgateOperation;
var
  Request: TComgateRequest;
begin
  Request := TComgateRequest.CreatePayment(SaleId, Amount, CurrencyCode);
  try
    Result := StartRequest(Request);
  finally
    Request.Free;
  end;
end;

function TComgateTerminal.StartRequest(Request: TComgateRequest): TComgateOperation;
var
  Code: Integer;
  Handle: PCgtOp;
begin
  BeginCall;
  Code := cgt_begin(FHandle, Request.FHandle, Handle);
  LeaveCall;
  if Code <> CGT_CALL_OK then
    Conclude(Code, nil);
  // What an event raised already is told by Finish, after the cancel.
  Result := TComgateOperation.Create(Self, Handle);
end;

procedure TComgateTerminal.Cancel;
begin
  CheckCode(cgt_terminal_cancel(FHandle), nil);
end;

function TComgateTerminal.IsBusy: Boolean;
var
  Busy: Integer;
begin
  CheckCode(cgt_terminal_is_busy(FHandle, Busy), nil);
  Result := Busy = 1;
end;

{ After a crash, after a sale }

function TComgateTerminal.Recover(BudgetMs: Integer): Integer;
var
  Code: Integer;
  Found: TComgateOutcomes;
begin
  BeginCall;
  Code := cgt_recover(FHandle, BudgetMs, FoundCallback, Self);
  LeaveCall;
  Found := FFound;
  FFound := nil;
  Conclude(Code, TellAllFound(Found));
  Result := Length(Found);
end;

{ To the last one, whatever is raised: some are told only once. Gives the first one whose event raised. }
function TComgateTerminal.TellAllFound(const Found: TComgateOutcomes): IComgateOutcome;
var
  I: Integer;
  First: TObject;
begin
  Result := nil;
  if Length(Found) = 0 then
    Exit;
  // A call in one of the events begins with nothing raised. So it is kept here meanwhile.
  First := FRaised;
  FRaised := nil;
  for I := 0 to High(Found) do
    try
      TellFound(Found[I]);
    except
      if First = nil then
      begin
        First := TObject(AcquireExceptionObject);
        Result := Found[I];
      end;
    end;
  DropRaised;
  FRaised := First;
end;

procedure TComgateTerminal.AddFound(Lent: PCgtOutcome);
begin
  SetLength(FFound, Length(FFound) + 1);
  FFound[High(FFound)] := ComgateOutcomeOf(Lent);
end;

procedure TComgateTerminal.TellFound(const Outcome: IComgateOutcome);
var
  Stored: Boolean;
begin
  Stored := False;
  if Assigned(FOnRecovered) then
    FOnRecovered(Self, Outcome, Stored);
  AcknowledgeStored(Outcome, Stored);
end;

procedure TComgateTerminal.AcknowledgeStored(const Outcome: IComgateOutcome; Stored: Boolean);
begin
  if Stored and (Outcome.Verdict <> cvUnknown) then
    AcknowledgeTransaction(Outcome.TransactionId);
end;

function TComgateTerminal.Find(const SaleId: string): IComgateOutcome;
var
  Code: Integer;
  Handle: PCgtOutcome;
begin
  Result := nil;
  Code := cgt_sale_find(FHandle, PAnsiChar(TextArgument('SaleId', SaleId)), @Handle);
  if Code = CGT_E_NOT_FOUND then
    Exit;
  Check(Code);
  Result := TakenOutcome(Handle);
end;

function TComgateTerminal.Query(const SaleId: string): IComgateOutcome;
var
  Sale: UTF8String;
  Code, Verdict: Integer;
  Handle: PCgtOutcome;
begin
  Sale := TextArgument('SaleId', SaleId);
  BeginCall;
  Code := cgt_sale_query(FHandle, PAnsiChar(Sale), Verdict, @Handle);
  Result := EndWithOutcome(Code, Handle);
end;

procedure TComgateTerminal.Acknowledge(const SaleId: string);
begin
  Check(cgt_acknowledge(FHandle, PAnsiChar(TextArgument('SaleId', SaleId))));
end;

procedure TComgateTerminal.AcknowledgeTransaction(const TransactionId: string);
begin
  Check(cgt_acknowledge_transaction(FHandle, PAnsiChar(TextArgument('TransactionId', TransactionId))));
end;

procedure TComgateTerminal.Resolve(const SaleId: string; Charged: Boolean; const Note: string);
var
  Sale, Why: UTF8String;
  Code: Integer;
begin
  Sale := TextArgument('SaleId', SaleId);
  Why := TextArgument('Note', Note);
  BeginCall;
  Code := cgt_resolve(FHandle, PAnsiChar(Sale), Ord(Charged), PAnsiChar(Why));
  EndCall(Code);
end;

procedure TComgateTerminal.UnresolvedCount(out Undecided, Unacknowledged: Integer);
begin
  Check(cgt_unresolved_count(FHandle, Undecided, Unacknowledged));
end;

{ Asking the terminal }

function TComgateTerminal.Info: TComgateInfo;
var
  Code: Integer;
begin
  BeginCall;
  Code := cgt_terminal_info(FHandle);
  EndCall(Code);
  Result := ReadInfo;
end;

function TComgateTerminal.Status(CheckOnline: Boolean): TComgateInfo;
var
  Code: Integer;
begin
  BeginCall;
  Code := cgt_terminal_status(FHandle, Ord(CheckOnline));
  EndCall(Code);
  Result := ReadInfo;
end;

{ One field of every row that is still to come. }
function TextsOf(Rows: PCgtRows; Field: Integer): TComgateStrings;
var
  Text: UTF8String;
  Code, Need, Has: Integer;
begin
  Result := nil;
  repeat
    CheckCode(cgt_rows_next(Rows, Has), nil);
    if Has <> 1 then
      Exit;
    SetLength(Text, 100);
    repeat
      Code := cgt_rows_get_text(Rows, Field, PAnsiChar(Text), Length(Text), @Need);
    until CgtFits(Text, Code, Need);
    CheckCode(Code, nil);
    SetLength(Result, Length(Result) + 1);
    Result[High(Result)] := CgtFromUtf8(Text);
  until False;
end;

function TComgateTerminal.DaughterCompanies: TComgateStrings;
var
  Code: Integer;
  Rows: PCgtRows;
begin
  BeginCall;
  Code := cgt_daughter_companies(FHandle, Rows);
  try
    EndCall(Code);
    Result := TextsOf(Rows, CGT_R_DAUGHTER_COMPANY_ID);
  finally
    cgt_rows_free(Rows);
  end;
end;

function TComgateTerminal.Exchange(const Endpoint, Json: string): string;
var
  Name, Body: UTF8String;
  Code: Integer;
begin
  Name := TextArgument('Endpoint', Endpoint);
  Body := TextArgument('Json', Json);
  BeginCall;
  Code := cgt_terminal_exchange(FHandle, PAnsiChar(Name), PAnsiChar(Body));
  EndCall(Code);
  Result := GetText(CGT_T_REPLY);
end;

function TComgateTerminal.GetText(Field: Integer): string;
var
  Text: UTF8String;
  Code, Need: Integer;
begin
  SetLength(Text, 500);
  repeat
    Code := cgt_terminal_get_text(FHandle, Field, PAnsiChar(Text), Length(Text), @Need);
  until CgtFits(Text, Code, Need);
  Result := CgtFromUtf8(Text);
end;

function TComgateTerminal.IsSet(Field: Integer): Boolean;
var
  Value: Int64;
begin
  Result := (cgt_terminal_get_i64(FHandle, Field, Value) = CGT_CALL_OK) and (Value = 1);
end;

function TComgateTerminal.ReadInfo: TComgateInfo;
begin
  Result.Id := GetText(CGT_T_ID);
  Result.Protocol := GetText(CGT_T_PROTOCOL);
  Result.Version := GetText(CGT_T_VERSION);
  Result.BasePath := GetText(CGT_T_BASE_PATH);
  Result.Versions := GetText(CGT_T_VERSIONS);
  Result.Simulator := IsSet(CGT_T_SIMULATOR);
  Result.Online := IsSet(CGT_T_ONLINE);
  Result.OnlineStatus := GetText(CGT_T_ONLINE_STATUS);
  Result.Time := GetText(CGT_T_TIME);
end;

end.
