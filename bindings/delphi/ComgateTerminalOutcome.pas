{ What became of an operation, and what is raised where there is no such thing. }
unit ComgateTerminalOutcome;

{$I ComgateTerminal.inc}

interface

uses
  SysUtils, ComgateTerminalApi, ComgateTerminalText;

const
  { The highest number that a field of an outcome may have. Fields that have no CGT_F_ name yet are read as well, up to
    here: so a program can get what a newer library tells. }
  COMGATE_LAST_FIELD = 99;

type
  { Only cvApproved is paid. cvUnknown is neither paid nor unpaid: hand nothing over and do not charge again; recover. }
  TComgateVerdict = (
    cvUnknown = CGT_UNKNOWN,
    cvApproved = CGT_APPROVED,
    cvDeclined = CGT_DECLINED,
    cvCancelled = CGT_CANCELLED,
    cvNotStarted = CGT_NOT_STARTED
  );

  { What became of a payment, refund, reversal or closing. It is freed by itself when nobody refers to it any more, and
    outlives its terminal; it may be read in any thread. What the terminal did not tell is an empty text, 0 or False:
    Has tells that apart. }
  IComgateOutcome = interface
    ['{5B0A4C3E-6C0D-4D59-9B57-0E5C2B1F7A61}']
    function GetVerdict: TComgateVerdict;
    function GetSaleId: string;
    function GetTransactionId: string;
    function GetInvoiceNumber: string;
    function GetKind: Integer;
    function GetAmountRequested: Currency;
    function GetAmountApproved: Currency;
    function GetTip: Currency;
    function GetCurrencyCode: string;
    function GetAuthCode: string;
    function GetPan: string;
    function GetScheme: string;
    function GetIssuer: string;
    function GetCardEntry: string;
    function GetTerminalId: string;
    function GetResponseCode: string;
    function GetResponseMessage: string;
    function GetReason: Integer;
    function GetReasonText: string;
    function GetAdvice: Integer;
    function GetAdviceText: string;
    function GetStartedAt: string;
    function GetEndedAt: string;
    function GetNote: string;
    function GetSignatureRequired: Boolean;
    function GetReversalAsked: Boolean;
    function GetAdopted: Boolean;
    function GetRecovered: Boolean;
    function GetCancelAsked: Boolean;
    function GetEarlierUnresolved: Boolean;
    function GetSimulated: Boolean;
    function GetResolved: Boolean;
    function GetCodeTaught: Boolean;
    function GetPartial: Boolean;
    function GetChargedCurrencyCode: string;
    function GetJson: string;
    function GetJsonUtf8: UTF8String;

    property Verdict: TComgateVerdict read GetVerdict;
    // The register's own number of the sale.
    property SaleId: string read GetSaleId;
    // The id under which the terminal knows this attempt; unique. Store sales by it.
    property TransactionId: string read GetTransactionId;
    // The variable symbol that was sent.
    property InvoiceNumber: string read GetInvoiceNumber;
    // What it was: CGT_KIND_PAYMENT and so on.
    property Kind: Integer read GetKind;
    // What the register asked for.
    property AmountRequested: Currency read GetAmountRequested;
    // What was approved, tip included; 0 where nothing was.
    property AmountApproved: Currency read GetAmountApproved;
    // The tip within the approved amount.
    property Tip: Currency read GetTip;
    // ISO 4217 letters, such as CZK.
    property CurrencyCode: string read GetCurrencyCode;
    // Authorization code.
    property AuthCode: string read GetAuthCode;
    // Card number, masked to the first 6 and last 4 digits at most.
    property Pan: string read GetPan;
    // Card scheme (brand).
    property Scheme: string read GetScheme;
    // Card issuer as named by the terminal.
    property Issuer: string read GetIssuer;
    // How the card was read; CLESS is contactless.
    property CardEntry: string read GetCardEntry;
    // The terminal's id.
    property TerminalId: string read GetTerminalId;
    // The terminal's response code; OK is approved.
    property ResponseCode: string read GetResponseCode;
    // The terminal's words; show them, never branch on them.
    property ResponseMessage: string read GetResponseMessage;
    // Why the verdict is neither approved nor declined: a CGT_E_ code, or 0.
    property Reason: Integer read GetReason;
    // What happened, one English sentence with details, for the log.
    property ReasonText: string read GetReasonText;
    // What the cashier should do now: CGT_ADVICE_HAND_OVER and so on.
    property Advice: Integer read GetAdvice;
    // The same in the language of the terminal, to be shown.
    property AdviceText: string read GetAdviceText;
    // When the attempt began, UTC, such as 2026-11-23T09:41:00Z.
    property StartedAt: string read GetStartedAt;
    // When the verdict was stored, UTC.
    property EndedAt: string read GetEndedAt;
    // What the person who decided wrote down.
    property Note: string read GetNote;
    // The cashier must compare a signature; see TComgateTerminal.SignatureResult.
    property SignatureRequired: Boolean read GetSignatureRequired;
    // The terminal asks the register to reverse.
    property ReversalAsked: Boolean read GetReversalAsked;
    // This is the earlier outcome of the same sale; nothing was sent now.
    property Adopted: Boolean read GetAdopted;
    // The verdict was found after the call that started it had ended.
    property Recovered: Boolean read GetRecovered;
    // A cancel was sent, and the terminal did not refuse it.
    property CancelAsked: Boolean read GetCancelAsked;
    // An earlier sale on this terminal is still undecided.
    property EarlierUnresolved: Boolean read GetEarlierUnresolved;
    // A simulator answered: no money moved.
    property Simulated: Boolean read GetSimulated;
    // A person decided, not the terminal.
    property Resolved: Boolean read GetResolved;
    // A person has said what the response code means, and the verdict rests on it.
    property CodeTaught: Boolean read GetCodeTaught;
    // The terminal approved less than was asked for; AmountApproved says how much. Paid only where Verdict is cvApproved.
    property Partial: Boolean read GetPartial;
    // The currency of AmountApproved, where the terminal names another one than was asked for; else empty.
    property ChargedCurrencyCode: string read GetChargedCurrencyCode;
    // The whole outcome as one JSON object, to be shown. As a string it may have lost letters: see GetText.
    property Json: string read GetJson;
    // The same as the library wrote it, to be stored: ComgateReceiptUtf8 prints again from it.
    property JsonUtf8: UTF8String read GetJsonUtf8;

    // Any field by its number, CGT_F_ or any other up to COMGATE_LAST_FIELD; Amount is for those in minor units.
    // Where string is AnsiString, GetUtf8 has the letters that the code page of Windows does not have.
    function Has(Field: Integer): Boolean;
    function GetText(Field: Integer): string;
    function GetUtf8(Field: Integer): UTF8String;
    function GetInteger(Field: Integer): Integer;
    function GetAmount(Field: Integer): Currency;
    function GetFlag(Field: Integer): Boolean;

    // What belongs on the slip: lines of at most Width characters (24 to 64). Copy is CGT_COPY_CUSTOMER or
    // CGT_COPY_MERCHANT, Language 'cs', 'sk', 'en', or the one of the terminal where it is empty. For cvUnknown there
    // is none for the customer (EComgateError).
    function Receipt(Copy, Width: Integer; const Language: string = ''): string;
    // The same as bytes for a printer: Encoding is CGT_ENCODING_CP852 and so on. Reprint says so on the slip.
    function ReceiptBytes(Copy, Width, Encoding: Integer; Reprint: Boolean = False;
      const Language: string = ''): TCgtBytes;
  end;

  { A call that has no outcome: nothing of this sale was sent; or, where the code is 9xx, something went wrong inside,
    and Recover knows more. A payment that was refused, or whose end nobody knows, is no error but an outcome. }
  EComgateError = class(Exception)
  private
    FCode: Integer;
    FAdvice: string;
    FAdviceText: string;
    FOutcome: IComgateOutcome;
  public
    // AdviceText: where the library has said more than what fits any call.
    constructor Create(Code: Integer; const Detail: string; const Outcome: IComgateOutcome = nil;
      const AdviceText: string = '');
    // A CGT_E_ code.
    property Code: Integer read FCode;
    // 1 fix the call; 2 nothing was sent, try again; 3 the terminal refused; 4 and 9 recover.
    function Band: Integer;
    // What the code means and what to do about it, in English, for the technician.
    property Advice: string read FAdvice;
    // What to tell the cashier, in the language of the terminal (SetLanguage).
    property AdviceText: string read FAdviceText;
    // What became of the operation all the same, or nil. Only an EComgateEventError has one.
    property Outcome: IComgateOutcome read FOutcome;
  end;

  { One of the program's own events raised. The operation was then cancelled and went on to its end, and this is raised
    afterwards. Outcome is how it ended: look at it as at any outcome, because the cancel may have come too late. Where
    it is nil there is none, and Code says why; CGT_CALL_OK where the call as such worked. }
  EComgateEventError = class(EComgateError)
  private
    FCause: TObject;
  public
    // Takes over Cause, what the event raised, as AcquireExceptionObject gives it.
    constructor Create(Cause: TObject; Code: Integer; const Detail: string; const Outcome: IComgateOutcome;
      const AdviceText: string = '');
    destructor Destroy; override;
    // What the event raised; it is freed together with this one.
    property Cause: TObject read FCause;
  end;

{ Reads everything behind a handle, which is not used after this call. }
function ComgateOutcomeOf(Handle: PCgtOutcome): IComgateOutcome;

{ The receipt of an outcome that was stored as its JsonUtf8; see IComgateOutcome.ReceiptBytes. }
function ComgateReceiptUtf8(const Json: UTF8String; Copy, Width, Encoding: Integer; Reprint: Boolean = True;
  const Language: string = ''): TCgtBytes;

{ The same where it was stored as its Json. }
function ComgateReceipt(const Json: string; Copy, Width, Encoding: Integer; Reprint: Boolean = True;
  const Language: string = ''): TCgtBytes;

{ For calls in the form repeat ... until CgtFits(Buffer, Code, Need): False when the text had no room in Buffer, which
  has the room now. Otherwise Buffer is the text, and empty after an error. }
function CgtFits(var Buffer: UTF8String; Code, Need: Integer): Boolean;

{ The detail of the last failed call; Terminal is nil for calls without one. }
function CgtLastError(Terminal: PCgtTerminal): string;

{ What to tell the cashier about it. }
function CgtLastAdvice(Terminal: PCgtTerminal): string;

{ A sentence of the library with the names that these units have: Recover for cgt_recover. }
function CgtInPascal(const Text: string): string;

implementation

function CgtFits(var Buffer: UTF8String; Code, Need: Integer): Boolean;
begin
  Result := Code <> CGT_E_BUFFER;
  if not Result then
    SetLength(Buffer, Need)
  else if Code = CGT_CALL_OK then
    SetLength(Buffer, Need - 1) // without the final zero
  else
    Buffer := '';
end;

function CgtLastError(Terminal: PCgtTerminal): string;
var
  Text: UTF8String;
  Code, Need: Integer;
begin
  SetLength(Text, 500);
  repeat
    Code := cgt_terminal_last_error(Terminal, PAnsiChar(Text), Length(Text), @Need);
  until CgtFits(Text, Code, Need);
  Result := CgtInPascal(CgtFromUtf8(Text));
end;

function CgtLastAdvice(Terminal: PCgtTerminal): string;
var
  Text: UTF8String;
  Code, Need: Integer;
begin
  SetLength(Text, 500);
  repeat
    Code := cgt_last_advice(Terminal, nil, PAnsiChar(Text), Length(Text), @Need);
  until CgtFits(Text, Code, Need);
  Result := CgtFromUtf8(Text);
end;

function IsOfName(Letter: Char): Boolean;
begin
  Result := (Letter = '_') or ((Letter >= 'a') and (Letter <= 'z'));
end;

{ acknowledge_transaction becomes AcknowledgeTransaction. }
function PascalName(const Name: string): string;
var
  At: Integer;
begin
  Result := '';
  for At := 1 to Length(Name) do
    if Name[At] <> '_' then
      if (At = 1) or (Name[At - 1] = '_') then
        Result := Result + UpCase(Name[At])
      else
        Result := Result + Name[At];
end;

function CgtInPascal(const Text: string): string;
const
  OF_C = 'cgt_';
  NOUNS: array [0..1] of string = ('terminal_', 'sale_');
var
  From, Last, I: Integer;
  Name: string;
begin
  Result := Text;
  From := Pos(OF_C, Result);
  while From > 0 do
  begin
    Last := From;
    while (Last <= Length(Result)) and IsOfName(Result[Last]) do
      Inc(Last);
    Name := Copy(Result, From + Length(OF_C), Last - From - Length(OF_C));
    if Name = 'journal_accept_loss' then
      Name := 'accept_journal_loss';
    for I := Low(NOUNS) to High(NOUNS) do
      if Pos(NOUNS[I], Name) = 1 then
        Delete(Name, 1, Length(NOUNS[I]));
    Result := Copy(Result, 1, From - 1) + PascalName(Name) + Copy(Result, Last, MaxInt);
    From := Pos(OF_C, Result);
  end;
end;

{ Receipts }

{ In the bytes of Encoding, whatever the type says. }
function PrintedReceipt(const Json: UTF8String; Copy, Width, Encoding: Integer; Reprint: Boolean;
  const Language: string): UTF8String;
var
  LanguageText: UTF8String;
  LanguagePointer: PAnsiChar;
  Code, Need: Integer;
begin
  LanguageText := CgtToUtf8(Language);
  LanguagePointer := nil;
  if Length(LanguageText) > 0 then
    LanguagePointer := PAnsiChar(LanguageText);
  SetLength(Result, 3000);
  repeat
    Code := cgt_receipt_from_json(PAnsiChar(Json), Copy, Ord(Reprint), Width, LanguagePointer, Encoding,
      PAnsiChar(Result), Length(Result), @Need);
  until CgtFits(Result, Code, Need);
  if Code <> CGT_CALL_OK then
    raise EComgateError.Create(Code, CgtLastError(nil), nil, CgtLastAdvice(nil));
end;

{ By pointer, so that the compiler converts nothing. }
function BytesOf(const Text: UTF8String): TCgtBytes;
begin
  SetString(Result, PAnsiChar(Text), Length(Text));
end;

function ComgateReceiptUtf8(const Json: UTF8String; Copy, Width, Encoding: Integer; Reprint: Boolean;
  const Language: string): TCgtBytes;
begin
  Result := BytesOf(PrintedReceipt(Json, Copy, Width, Encoding, Reprint, Language));
end;

function ComgateReceipt(const Json: string; Copy, Width, Encoding: Integer; Reprint: Boolean;
  const Language: string): TCgtBytes;
begin
  Result := ComgateReceiptUtf8(CgtToUtf8(Json), Copy, Width, Encoding, Reprint, Language);
end;

{ TComgateOutcome }

type
  TComgateOutcome = class(TInterfacedObject, IComgateOutcome)
  private
    FVerdict: TComgateVerdict;
    FHas: array [1..COMGATE_LAST_FIELD] of Boolean;
    FTexts: array [1..COMGATE_LAST_FIELD] of UTF8String;
    FJson: UTF8String;
    procedure ReadVerdict(Handle: PCgtOutcome);
    procedure ReadField(Handle: PCgtOutcome; Field: Integer);
    procedure ReadJson(Handle: PCgtOutcome);
    function Checked(Field: Integer): Integer;
    function GetInt64(Field: Integer): Int64;
  public
    constructor Create(Handle: PCgtOutcome);
    function GetVerdict: TComgateVerdict;
    function GetSaleId: string;
    function GetTransactionId: string;
    function GetInvoiceNumber: string;
    function GetKind: Integer;
    function GetAmountRequested: Currency;
    function GetAmountApproved: Currency;
    function GetTip: Currency;
    function GetCurrencyCode: string;
    function GetAuthCode: string;
    function GetPan: string;
    function GetScheme: string;
    function GetIssuer: string;
    function GetCardEntry: string;
    function GetTerminalId: string;
    function GetResponseCode: string;
    function GetResponseMessage: string;
    function GetReason: Integer;
    function GetReasonText: string;
    function GetAdvice: Integer;
    function GetAdviceText: string;
    function GetStartedAt: string;
    function GetEndedAt: string;
    function GetNote: string;
    function GetSignatureRequired: Boolean;
    function GetReversalAsked: Boolean;
    function GetAdopted: Boolean;
    function GetRecovered: Boolean;
    function GetCancelAsked: Boolean;
    function GetEarlierUnresolved: Boolean;
    function GetSimulated: Boolean;
    function GetResolved: Boolean;
    function GetCodeTaught: Boolean;
    function GetPartial: Boolean;
    function GetChargedCurrencyCode: string;
    function GetJson: string;
    function GetJsonUtf8: UTF8String;
    function Has(Field: Integer): Boolean;
    function GetText(Field: Integer): string;
    function GetUtf8(Field: Integer): UTF8String;
    function GetInteger(Field: Integer): Integer;
    function GetAmount(Field: Integer): Currency;
    function GetFlag(Field: Integer): Boolean;
    function Receipt(Copy, Width: Integer; const Language: string): string;
    function ReceiptBytes(Copy, Width, Encoding: Integer; Reprint: Boolean; const Language: string): TCgtBytes;
  end;

function ComgateOutcomeOf(Handle: PCgtOutcome): IComgateOutcome;
begin
  Result := TComgateOutcome.Create(Handle);
end;

constructor TComgateOutcome.Create(Handle: PCgtOutcome);
var
  Field: Integer;
begin
  inherited Create;
  ReadVerdict(Handle);
  for Field := 1 to COMGATE_LAST_FIELD do
    ReadField(Handle, Field);
  ReadJson(Handle);
end;

procedure TComgateOutcome.ReadVerdict(Handle: PCgtOutcome);
var
  Verdict: Integer;
begin
  FVerdict := cvUnknown;
  if cgt_outcome_verdict(Handle, Verdict) <> CGT_CALL_OK then
    Exit;
  case Verdict of
    CGT_APPROVED: FVerdict := cvApproved;
    CGT_DECLINED: FVerdict := cvDeclined;
    CGT_CANCELLED: FVerdict := cvCancelled;
    CGT_NOT_STARTED: FVerdict := cvNotStarted;
  end;
end;

procedure TComgateOutcome.ReadField(Handle: PCgtOutcome; Field: Integer);
var
  Code, Need: Integer;
begin
  SetLength(FTexts[Field], 100);
  repeat
    Code := cgt_outcome_get_text(Handle, Field, PAnsiChar(FTexts[Field]), Length(FTexts[Field]), @Need);
  until CgtFits(FTexts[Field], Code, Need);
  FHas[Field] := Code = CGT_CALL_OK;
end;

procedure TComgateOutcome.ReadJson(Handle: PCgtOutcome);
var
  Code, Need: Integer;
begin
  SetLength(FJson, 2000);
  repeat
    Code := cgt_outcome_json(Handle, PAnsiChar(FJson), Length(FJson), @Need);
  until CgtFits(FJson, Code, Need);
end;

function TComgateOutcome.Checked(Field: Integer): Integer;
begin
  if (Field < 1) or (Field > COMGATE_LAST_FIELD) then
    raise EComgateError.Create(CGT_E_FIELD, Format('Field: there is none with the number %d', [Field]));
  Result := Field;
end;

function TComgateOutcome.Has(Field: Integer): Boolean;
begin
  Result := FHas[Checked(Field)];
end;

function TComgateOutcome.GetUtf8(Field: Integer): UTF8String;
begin
  Result := FTexts[Checked(Field)];
end;

function TComgateOutcome.GetText(Field: Integer): string;
begin
  Result := CgtFromUtf8(GetUtf8(Field));
end;

function TComgateOutcome.GetInt64(Field: Integer): Int64;
begin
  Result := StrToInt64Def(GetText(Field), 0);
end;

function TComgateOutcome.GetInteger(Field: Integer): Integer;
begin
  Result := StrToIntDef(GetText(Field), 0);
end;

function TComgateOutcome.GetAmount(Field: Integer): Currency;
begin
  Result := CgtToCurrency(GetInt64(Field));
end;

function TComgateOutcome.GetFlag(Field: Integer): Boolean;
begin
  Result := GetInt64(Field) = 1;
end;

function TComgateOutcome.GetJson: string;
begin
  Result := CgtFromUtf8(FJson);
end;

function TComgateOutcome.GetJsonUtf8: UTF8String;
begin
  Result := FJson;
end;

function TComgateOutcome.Receipt(Copy, Width: Integer; const Language: string): string;
begin
  Result := CgtFromUtf8(PrintedReceipt(FJson, Copy, Width, CGT_ENCODING_UTF8, False, Language));
end;

function TComgateOutcome.ReceiptBytes(Copy, Width, Encoding: Integer; Reprint: Boolean;
  const Language: string): TCgtBytes;
begin
  Result := ComgateReceiptUtf8(FJson, Copy, Width, Encoding, Reprint, Language);
end;

function TComgateOutcome.GetVerdict: TComgateVerdict;
begin
  Result := FVerdict;
end;

function TComgateOutcome.GetSaleId: string;
begin
  Result := GetText(CGT_F_SALE_ID);
end;

function TComgateOutcome.GetTransactionId: string;
begin
  Result := GetText(CGT_F_TRANSACTION_ID);
end;

function TComgateOutcome.GetInvoiceNumber: string;
begin
  Result := GetText(CGT_F_INVOICE_NUMBER);
end;

function TComgateOutcome.GetKind: Integer;
begin
  Result := GetInteger(CGT_F_KIND);
end;

function TComgateOutcome.GetAmountRequested: Currency;
begin
  Result := GetAmount(CGT_F_AMOUNT_REQUESTED);
end;

function TComgateOutcome.GetAmountApproved: Currency;
begin
  Result := GetAmount(CGT_F_AMOUNT_APPROVED);
end;

function TComgateOutcome.GetTip: Currency;
begin
  Result := GetAmount(CGT_F_TIP);
end;

function TComgateOutcome.GetCurrencyCode: string;
begin
  Result := GetText(CGT_F_CURRENCY);
end;

function TComgateOutcome.GetAuthCode: string;
begin
  Result := GetText(CGT_F_AUTH_CODE);
end;

function TComgateOutcome.GetPan: string;
begin
  Result := GetText(CGT_F_PAN);
end;

function TComgateOutcome.GetScheme: string;
begin
  Result := GetText(CGT_F_SCHEME);
end;

function TComgateOutcome.GetIssuer: string;
begin
  Result := GetText(CGT_F_ISSUER);
end;

function TComgateOutcome.GetCardEntry: string;
begin
  Result := GetText(CGT_F_CARD_ENTRY);
end;

function TComgateOutcome.GetTerminalId: string;
begin
  Result := GetText(CGT_F_TERMINAL_ID);
end;

function TComgateOutcome.GetResponseCode: string;
begin
  Result := GetText(CGT_F_RESPONSE_CODE);
end;

function TComgateOutcome.GetResponseMessage: string;
begin
  Result := GetText(CGT_F_RESPONSE_MESSAGE);
end;

function TComgateOutcome.GetReason: Integer;
begin
  Result := GetInteger(CGT_F_REASON);
end;

function TComgateOutcome.GetReasonText: string;
begin
  Result := GetText(CGT_F_REASON_TEXT);
end;

function TComgateOutcome.GetAdvice: Integer;
begin
  Result := GetInteger(CGT_F_ADVICE);
end;

function TComgateOutcome.GetAdviceText: string;
begin
  Result := GetText(CGT_F_ADVICE_TEXT);
end;

function TComgateOutcome.GetStartedAt: string;
begin
  Result := GetText(CGT_F_STARTED_AT);
end;

function TComgateOutcome.GetEndedAt: string;
begin
  Result := GetText(CGT_F_ENDED_AT);
end;

function TComgateOutcome.GetNote: string;
begin
  Result := GetText(CGT_F_NOTE);
end;

function TComgateOutcome.GetSignatureRequired: Boolean;
begin
  Result := GetFlag(CGT_F_SIGNATURE_REQUIRED);
end;

function TComgateOutcome.GetReversalAsked: Boolean;
begin
  Result := GetFlag(CGT_F_REVERSAL_ASKED);
end;

function TComgateOutcome.GetAdopted: Boolean;
begin
  Result := GetFlag(CGT_F_ADOPTED);
end;

function TComgateOutcome.GetRecovered: Boolean;
begin
  Result := GetFlag(CGT_F_RECOVERED);
end;

function TComgateOutcome.GetCancelAsked: Boolean;
begin
  Result := GetFlag(CGT_F_CANCEL_ASKED);
end;

function TComgateOutcome.GetEarlierUnresolved: Boolean;
begin
  Result := GetFlag(CGT_F_EARLIER_UNRESOLVED);
end;

function TComgateOutcome.GetSimulated: Boolean;
begin
  Result := GetFlag(CGT_F_SIMULATED);
end;

function TComgateOutcome.GetCodeTaught: Boolean;
begin
  Result := GetFlag(CGT_F_CODE_TAUGHT);
end;

function TComgateOutcome.GetPartial: Boolean;
begin
  Result := GetFlag(CGT_F_PARTIAL);
end;

function TComgateOutcome.GetChargedCurrencyCode: string;
begin
  Result := GetText(CGT_F_CHARGED_CURRENCY);
end;

function TComgateOutcome.GetResolved: Boolean;
begin
  Result := GetFlag(CGT_F_RESOLVED);
end;

{ EComgateError }

function AdviceOf(Code: Integer): string;
var
  Text: UTF8String;
  Answer, Need: Integer;
begin
  if Code = CGT_E_AMOUNT then
  begin
    // C counts in minor units, these units do not: whoever followed its advice would charge a hundred times as much.
    Result := 'The amount is zero, negative, too large, or has more decimals than the currency. ' +
      'Give it as a Currency value with at most two decimals: 125.50.';
    Exit;
  end;
  SetLength(Text, 500);
  repeat
    Answer := cgt_error_text(Code, PAnsiChar(Text), Length(Text), @Need);
  until CgtFits(Text, Answer, Need);
  Result := CgtInPascal(CgtFromUtf8(Text));
end;

function AdviceTextOf(Code: Integer): string;
var
  Text: UTF8String;
  Answer, Need: Integer;
begin
  // An event that raised, and nothing else went wrong: a mistake of the program, such as this code is.
  if Code = CGT_CALL_OK then
    Code := CGT_E_RANGE;
  SetLength(Text, 500);
  repeat
    Answer := cgt_error_advice(Code, nil, PAnsiChar(Text), Length(Text), @Need);
  until CgtFits(Text, Answer, Need);
  Result := CgtFromUtf8(Text);
end;

constructor EComgateError.Create(Code: Integer; const Detail: string; const Outcome: IComgateOutcome;
  const AdviceText: string);
begin
  inherited CreateFmt('%s (%d)', [Detail, Code]);
  FCode := Code;
  FAdvice := AdviceOf(Code);
  FOutcome := Outcome;
  FAdviceText := AdviceText;
  if FAdviceText <> '' then
    Exit;
  if Outcome <> nil then
    FAdviceText := Outcome.AdviceText
  else
    FAdviceText := AdviceTextOf(Code);
end;

function EComgateError.Band: Integer;
begin
  Result := FCode div 100;
end;

{ EComgateEventError }

constructor EComgateEventError.Create(Cause: TObject; Code: Integer; const Detail: string;
  const Outcome: IComgateOutcome; const AdviceText: string);
begin
  inherited Create(Code, Detail, Outcome, AdviceText);
  FCause := Cause;
end;

destructor EComgateEventError.Destroy;
begin
  FCause.Free;
  inherited;
end;

end.
